// Command go speaks for the official Go SDK: it reads one call per line and answers with what the SDK made of it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/stytchauth/stytch-go/v16/stytch/consumer/sessions"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/stytchapi"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/users"
	"github.com/stytchauth/stytch-go/v16/stytch/stytcherror"
)

type request struct {
	Client credentials     `json:"client"`
	Call   string          `json:"call"`
	With   json.RawMessage `json:"with"`
	Times  int             `json:"times"`
	AtOnce bool            `json:"at_once"`
}

type credentials struct {
	ProjectID string `json:"project_id"`
	Secret    string `json:"secret"`
	BaseURL   string `json:"base_url"`
	NoJWKS    bool   `json:"no_jwks"`
}

type reply struct {
	Observed    []any  `json:"observed,omitempty"`
	Unsupported string `json:"unsupported,omitempty"`
}

type observation struct {
	Response any      `json:"response,omitempty"`
	Error    *refusal `json:"error,omitempty"`
	Failure  string   `json:"failure,omitempty"`
}

// refusal names the keys that the SDK's own error type leaves out when they are empty.
type refusal struct {
	Class        string              `json:"class"`
	StatusCode   int                 `json:"status_code"`
	RequestID    string              `json:"request_id"`
	ErrorType    stytcherror.Type    `json:"error_type"`
	ErrorMessage stytcherror.Message `json:"error_message"`
	ErrorURL     stytcherror.URL     `json:"error_url"`
}

type call func(context.Context, *stytchapi.API, json.RawMessage) (any, error)

var calls = map[string]call{
	"sessions.get": with(func(api *stytchapi.API) method[sessions.GetParams, sessions.GetResponse] { return api.Sessions.Get }),
	"sessions.get_jwks": with(func(api *stytchapi.API) method[sessions.GetJWKSParams, sessions.GetJWKSResponse] {
		return api.Sessions.GetJWKS
	}),
	"sessions.authenticate": with(func(api *stytchapi.API) method[sessions.AuthenticateParams, sessions.AuthenticateResponse] {
		return api.Sessions.Authenticate
	}),
	"sessions.authenticate_jwt_local": authenticateJWTLocal,
	"sessions.revoke": with(func(api *stytchapi.API) method[sessions.RevokeParams, sessions.RevokeResponse] {
		return api.Sessions.Revoke
	}),
	"users.create": with(func(api *stytchapi.API) method[users.CreateParams, users.CreateResponse] { return api.Users.Create }),
	"users.get":    with(func(api *stytchapi.API) method[users.GetParams, users.GetResponse] { return api.Users.Get }),
	"users.search": with(func(api *stytchapi.API) method[users.SearchParams, users.SearchResponse] { return api.Users.Search }),
	"users.update": with(func(api *stytchapi.API) method[users.UpdateParams, users.UpdateResponse] { return api.Users.Update }),
	"users.delete": with(func(api *stytchapi.API) method[users.DeleteParams, users.DeleteResponse] { return api.Users.Delete }),
}

type method[P, R any] func(context.Context, *P) (*R, error)

// with turns one of the SDK's methods into a call whose parameters come as JSON.
func with[P, R any](find func(*stytchapi.API) method[P, R]) call {
	return func(ctx context.Context, api *stytchapi.API, raw json.RawMessage) (any, error) {
		var params P
		if err := json.Unmarshal(raw, &params); err != nil {
			return nil, err
		}
		return find(api)(ctx, &params)
	}
}

func authenticateJWTLocal(_ context.Context, api *stytchapi.API, raw json.RawMessage) (any, error) {
	var params sessions.AuthenticateParams
	if err := json.Unmarshal(raw, &params); err != nil {
		return nil, err
	}
	return api.Sessions.AuthenticateJWTLocal(params.SessionJWT, 5*time.Minute)
}

var clients = map[credentials]*stytchapi.API{}

// clientFor builds a client as an app does: its constructor fetches the project's keys unless told otherwise.
func clientFor(c credentials) (*stytchapi.API, error) {
	if api, ok := clients[c]; ok {
		return api, nil
	}
	var options []stytchapi.Option
	if c.BaseURL != "" {
		options = append(options, stytchapi.WithBaseURI(c.BaseURL))
	}
	if c.NoJWKS {
		options = append(options, stytchapi.WithSkipJWKSInitialization())
	}
	api, err := stytchapi.NewClient(c.ProjectID, c.Secret, options...)
	if err == nil {
		clients[c] = api
	}
	return api, err
}

func observe(run call, api *stytchapi.API, params json.RawMessage) observation {
	response, err := run(context.Background(), api, params)
	var refused stytcherror.Error
	switch {
	case errors.As(err, &refused):
		return observation{Error: &refusal{
			"stytcherror.Error", refused.StatusCode, refused.RequestID,
			refused.ErrorType, refused.ErrorMessage, refused.ErrorURL,
		}}
	case err != nil:
		return observation{Failure: err.Error()}
	}
	return observation{Response: response}
}

func answer(r request) reply {
	run, ok := calls[r.Call]
	if !ok {
		return reply{Unsupported: "the Go SDK has no " + r.Call}
	}
	observed := make([]any, r.Times)
	api, err := clientFor(r.Client)
	if err != nil {
		return reply{Observed: []any{observation{Failure: err.Error()}}}
	}
	var underWay sync.WaitGroup
	for i := range observed {
		underWay.Go(func() { observed[i] = observe(run, api, r.With) })
		if !r.AtOnce {
			underWay.Wait()
		}
	}
	underWay.Wait()
	return reply{Observed: observed}
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var r request
		if err := in.Decode(&r); err == io.EOF {
			return
		} else if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := out.Encode(answer(r)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
