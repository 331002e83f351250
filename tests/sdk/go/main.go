// Command go speaks for the official Go SDK: it reads one call per line and answers with what the SDK made of it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/stytchauth/stytch-go/v16/stytch/consumer/m2m"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/sessions"
	"github.com/stytchauth/stytch-go/v16/stytch/consumer/stytchapi"
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
	Observed []any `json:"observed"`
}

type observation struct {
	Response any      `json:"response,omitempty"`
	Error    *refusal `json:"error,omitempty"`
	Failure  string   `json:"failure,omitempty"`
	// there is no such method
	Unsupported string `json:"unsupported,omitempty"`
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

// method finds the SDK's method of a name such as magicLinks.email.loginOrCreate, if it has one.
func method(api *stytchapi.API, name string) (call, bool) {
	path := strings.Split(name, ".")
	last := len(path) - 1
	member := reflect.ValueOf(api)
	for _, part := range path[:last] {
		member = reflect.Indirect(member).FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, part) })
		if !member.IsValid() {
			return nil, false
		}
	}
	for i := range member.NumMethod() {
		if strings.EqualFold(member.Type().Method(i).Name, path[last]) {
			return with(member.Method(i)), true
		}
	}
	return nil, false
}

// with turns one of the SDK's methods into a call whose parameters come as JSON.
func with(method reflect.Value) call {
	return func(ctx context.Context, _ *stytchapi.API, raw json.RawMessage) (any, error) {
		params := reflect.New(method.Type().In(1).Elem())
		if err := json.Unmarshal(raw, params.Interface()); err != nil {
			return nil, err
		}
		results := method.Call([]reflect.Value{reflect.ValueOf(ctx), params})
		err, _ := results[1].Interface().(error)
		return results[0].Interface(), err
	}
}

// authenticateJWTLocal has parameters of its own in each SDK.
func authenticateJWTLocal(_ context.Context, api *stytchapi.API, raw json.RawMessage) (any, error) {
	var params sessions.AuthenticateParams
	if err := json.Unmarshal(raw, &params); err != nil {
		return nil, err
	}
	return api.Sessions.AuthenticateJWTLocal(params.SessionJWT, 5*time.Minute)
}

// m2mParams has the names that the SDK's own types leave out.
type m2mParams struct {
	ClientID       string   `json:"client_id"`
	ClientSecret   string   `json:"client_secret"`
	Scopes         []string `json:"scopes"`
	AccessToken    string   `json:"access_token"`
	RequiredScopes []string `json:"required_scopes"`
}

func m2mToken(ctx context.Context, api *stytchapi.API, raw json.RawMessage) (any, error) {
	var params m2mParams
	if err := json.Unmarshal(raw, &params); err != nil {
		return nil, err
	}
	return api.M2M.Token(ctx, &m2m.TokenParams{
		ClientID: params.ClientID, ClientSecret: params.ClientSecret, Scopes: params.Scopes,
	})
}

func m2mAuthenticateToken(ctx context.Context, api *stytchapi.API, raw json.RawMessage) (any, error) {
	var params m2mParams
	if err := json.Unmarshal(raw, &params); err != nil {
		return nil, err
	}
	response, err := api.M2M.AuthenticateToken(ctx, &m2m.AuthenticateTokenParams{
		AccessToken: params.AccessToken, RequiredScopes: params.RequiredScopes,
	})
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"client_id": response.ClientID, "scopes": response.Scopes, "custom_claims": response.CustomClaims,
	}, nil
}

// named are the methods whose parameters aren't read from JSON by themselves.
var named = map[string]call{
	"sessions.authenticateJwtLocal": authenticateJWTLocal,
	"m2m.token":                     m2mToken,
	"m2m.authenticateToken":         m2mAuthenticateToken,
}

var clients = map[credentials]*stytchapi.API{}

// clientFor builds a client as an app does: its constructor fetches the project's keys unless told otherwise.
func clientFor(c credentials) (*stytchapi.API, error) {
	if api, ok := clients[c]; ok {
		return api, nil
	}
	var options []stytchapi.Option
	if c.BaseURL != "" {
		options = append(options, stytchapi.WithBaseURI(c.BaseURL), stytchapi.WithFraudBaseURI(c.BaseURL))
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
	var byOAuth stytcherror.OAuth2Error
	switch {
	case errors.As(err, &byOAuth):
		return observation{Error: &refusal{
			"stytcherror.OAuth2Error", byOAuth.StatusCode, byOAuth.RequestID,
			byOAuth.ErrorType, byOAuth.ErrorMessage, byOAuth.ErrorURL,
		}}
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
	api, err := clientFor(r.Client)
	if err != nil {
		return reply{Observed: []any{observation{Failure: err.Error()}}}
	}
	run, ok := named[r.Call]
	if !ok {
		run, ok = method(api, r.Call)
	}
	if !ok {
		return reply{Observed: []any{observation{Unsupported: "the Go SDK has no " + r.Call}}}
	}
	observed := make([]any, r.Times)
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
