package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

const (
	projectID = "project-test-11111111-1111-4111-8111-111111111111"
	secret    = "secret-test-stytch-mock-local-emulator"
	seed      = `{"projects": [{"users": [{"external_id": "customer-42", "sessions": [{}]}]}]}`
)

func main() {
	ctx := context.Background()
	emulator, err := testcontainers.Run(ctx, "stytch-mock",
		testcontainers.WithExposedPorts("7898/tcp"),
		testcontainers.WithEnv(map[string]string{"STYTCH_MOCK_SEED_JSON": seed}),
		testcontainers.WithWaitStrategy(wait.ForHTTP("/__mock/health").WithPort("7898/tcp")),
	)
	defer testcontainers.TerminateContainer(emulator)
	if err != nil {
		log.Panic(err)
	}
	baseURL, err := emulator.PortEndpoint(ctx, "7898/tcp", "http")
	if err != nil {
		log.Panic(err)
	}
	// the app: stytchapi.NewClient(projectID, secret, stytchapi.WithBaseURI(baseURL))
	request, _ := http.NewRequest("GET", baseURL+"/v1/sessions?user_id=customer-42", nil)
	request.SetBasicAuth(projectID, secret)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Panic(err)
	}
	var body struct{ Sessions []any }
	err = json.NewDecoder(answer.Body).Decode(&body)
	fmt.Println(answer.StatusCode, len(body.Sessions), err)
}
