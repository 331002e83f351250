// A small app with the vendor's SDK, and the module around it, with real containers.
package app

import (
	"context"
	"errors"
	"os"
	"testing"

	stytchmock "github.com/OWNER/stytch-mock/packages/go"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/otp"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/otp/email"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/sessions"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/stytchapi"
	"github.com/stytchauth/stytch-go/v16/stytch/stytcherror"
)

var seed = map[string]any{"projects": []any{map[string]any{"users": []any{
	map[string]any{"external_id": "someone", "sessions": []any{map[string]any{}}},
}}}}

func start(t *testing.T, options ...stytchmock.Option) *stytchmock.Container {
	t.Helper()
	options = append(options, stytchmock.WithImage(os.Getenv("STYTCH_MOCK_IMAGE")))
	mock, err := stytchmock.Run(context.Background(), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := mock.Terminate(); err != nil {
			t.Error(err)
		}
	})
	return mock
}

// The app: it logs a user in by a code in an e-mail.
type app struct {
	t      *testing.T
	client *stytchapi.API
}

func newApp(t *testing.T, access stytchmock.Access) app {
	t.Helper()
	client, err := stytchapi.NewClient(access.ProjectID, access.Secret, stytchapi.WithBaseURI(access.URL))
	if err != nil {
		t.Fatal(err)
	}
	return app{t, client}
}

func (a app) logIn(project *stytchmock.ProjectControl, address string) string {
	a.t.Helper()
	ctx := context.Background()
	sent, err := a.client.OTPs.Email.LoginOrCreate(ctx, &email.LoginOrCreateParams{Email: address})
	if err != nil {
		a.t.Fatal(err)
	}
	messages, err := project.Outbox.Wait(ctx, stytchmock.OutboxListQuery{To: address})
	if err != nil {
		a.t.Fatal(err)
	}
	proof := otp.AuthenticateParams{MethodID: sent.EmailID, Code: messages[0].Code, SessionDurationMinutes: 60}
	in, err := a.client.OTPs.Authenticate(ctx, &proof)
	if err != nil {
		a.t.Fatal(err)
	}
	return in.SessionToken
}

func (a app) session(token string) error {
	_, err := a.client.Sessions.Authenticate(context.Background(), &sessions.AuthenticateParams{SessionToken: token})
	return err
}

func (a app) get() error {
	_, err := a.client.Sessions.Get(context.Background(), &sessions.GetParams{UserID: "someone"})
	return err
}

func is(t *testing.T, err error, errorType string) {
	t.Helper()
	var refused stytcherror.Error
	if errorType == "" && err == nil || errors.As(err, &refused) && string(refused.ErrorType) == errorType {
		return
	}
	t.Errorf("it is %v, and should be %q", err, errorType)
}

func TestProjectsOfParallelTestsAreApart(t *testing.T) {
	mock := start(t, stytchmock.WithSeed(seed))
	for _, name := range []string{"one", "two", "three", "four"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			project, err := mock.NewProject(ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			a := newApp(t, project.Access)
			is(t, a.session(a.logIn(project.ProjectControl, "new@example.com")), "")
			fault := stytchmock.Fault{Operation: "sessions.get", Error: "internal_server_error", Times: stytchmock.Value(1)}
			if _, err := project.Faults.Add(ctx, fault); err != nil {
				t.Fatal(err)
			}
			is(t, a.get(), "internal_server_error")
			is(t, a.get(), "")
			if _, err := project.Bucket.Set(ctx, stytchmock.BucketSetting{RateLimit: "1/h", Level: stytchmock.Value(0)}); err != nil {
				t.Fatal(err)
			}
			is(t, a.get(), "too_many_requests")
			found, err := project.Requests.Wait(ctx, stytchmock.RequestsListQuery{Path: "/v1/sessions", Count: stytchmock.Value(3)})
			if err != nil || len(found) != 3 {
				t.Errorf("%v %v", found, err)
			}
			if err := project.Delete(ctx); err != nil {
				t.Error(err)
			}
			is(t, a.get(), "unauthorized_credentials")
		})
	}
}

func TestASessionEndsWithItsTime(t *testing.T) {
	ctx := context.Background()
	mock := start(t, stytchmock.WithFlag("--clock", "2026-01-01T00:00:00Z"))
	a := newApp(t, mock.Access)
	token := a.logIn(mock.ProjectControl, "new@example.com")
	clock, err := mock.Clock.Advance(ctx, "2h")
	if err != nil || clock.Now != "2026-01-01T02:00:00Z" || !clock.Frozen {
		t.Fatal(clock, err)
	}
	is(t, a.session(token), "session_not_found")
	if _, err := mock.Reset(ctx); err != nil {
		t.Fatal(err)
	}
	if mock.Env()["STYTCH_BASE_URL"] != mock.URL || mock.PublicToken == "" {
		t.Error(mock.Env())
	}
}

func TestARefusalSaysWhatIsWrong(t *testing.T) {
	mock := start(t)
	_, err := mock.Users.Add(context.Background(), map[string]any{"emials": []any{}})
	var refused *stytchmock.Error
	if !errors.As(err, &refused) || refused.Status != 400 || refused.Problems[0].Path != "$.emials" {
		t.Error(err)
	}
	if _, err := mock.Outbox.Wait(context.Background(), stytchmock.OutboxListQuery{Wait: "10ms"}); err == nil {
		t.Error("nothing came, and nothing is said")
	}
}
