// A stand-in for the app under test: it asks for a user's sessions with the vendor's own SDK and says what it got.
// Without STYTCH_BASE_URL it knows nothing of an emulator and calls https://test.stytch.com.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/stytchauth/stytch-go/v16/stytch/consumer/sessions"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/stytchapi"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "app:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var options []stytchapi.Option
	if url := os.Getenv("STYTCH_BASE_URL"); url != "" {
		options = append(options, stytchapi.WithBaseURI(url))
	}
	client, err := stytchapi.NewClient(os.Getenv("STYTCH_PROJECT_ID"), os.Getenv("STYTCH_SECRET"), options...)
	if err != nil {
		return err
	}
	user := os.Getenv("STYTCH_USER_ID")
	answer, err := client.Sessions.Get(ctx, &sessions.GetParams{UserID: user})
	if err != nil {
		return err
	}
	fmt.Printf("app: %s has %d active session(s)\n", user, len(answer.Sessions))
	for _, session := range answer.Sessions {
		fmt.Printf("app: %s ends at %s\n", session.SessionID, session.ExpiresAt)
	}
	return nil
}
