// Starts an emulator, says where it is, and stays; with --first it makes a first call of the vendor's SDK instead.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	stytchmock "github.com/OWNER/stytch-mock/packages/go"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/sessions"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/stytchapi"
)

func main() {
	ctx := context.Background()
	mock, err := stytchmock.Run(ctx)
	if err != nil {
		log.Fatal(err)
	}
	if len(os.Args) == 1 {
		fmt.Println(mock.URL)
		select {}
	}
	client, err := stytchapi.NewClient(mock.ProjectID, mock.Secret, stytchapi.WithBaseURI(mock.URL))
	if err != nil {
		log.Fatal(err)
	}
	got, err := client.Sessions.Get(ctx, &sessions.GetParams{UserID: "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(got.StatusCode)
	if err := mock.Terminate(); err != nil {
		log.Fatal(err)
	}
}
