package stytchmock

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The longest that an answer may take: the emulator itself waits for a minute at most.
const timeout = 75 * time.Second

// Error is what the emulator refused.
type Error struct {
	// What was asked.
	Request string
	// The status of the answer.
	Status int
	// What was refused, and why.
	Message string
	// Each problem of a seed, or of a part of one.
	Problems []Problem
}

func (e *Error) Error() string {
	text := fmt.Sprintf("stytchmock: %s: %d: %s", e.Request, e.Status, e.Message)
	for _, p := range e.Problems {
		text += fmt.Sprintf("\n  %s:%d:%d: %s: %s", p.File, p.Line, p.Column, p.Path, p.Message)
	}
	return text
}

// Value is a pointer to a value, for fields that have to tell zero from nothing.
func Value[T any](value T) *T { return &value }

// NewControl gives the control plane of the emulator at a base URL.
func NewControl(baseURL string) *Control {
	return newControl(routes{transport: &transport{strings.TrimRight(baseURL, "/")}})
}

// OfProject gives the control plane of one project.
func (c *Control) OfProject(projectID string) *ProjectControl {
	return newProjectControl(routes{transport: c.transport, project: projectID})
}

// Some control routes, about one project if there is one.
type routes struct {
	transport *transport
	project   string
}

func (r routes) scoped(query url.Values) url.Values {
	if r.project == "" {
		return query
	}
	if query == nil {
		query = url.Values{}
	}
	query.Set("project_id", r.project)
	return query
}

type transport struct{ baseURL string }

// Each call has a connection of its own: an emulator that ends is held up by none.
var client = &http.Client{Timeout: timeout, Transport: &http.Transport{DisableKeepAlives: true}}

func (t *transport) url(path string, query url.Values) string {
	address := t.baseURL + "/__mock" + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

func (t *transport) json(ctx context.Context, method, path string, query url.Values, body, answer any) error {
	text, err := t.text(ctx, method, path, query, body)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), answer)
}

func (t *transport) text(ctx context.Context, method, path string, query url.Values, body any) (string, error) {
	content := []byte{}
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return "", fmt.Errorf("stytchmock: the body is no JSON: %w", err)
		}
		content = encoded
	}
	address := t.url(path, query)
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
	if err != nil {
		return "", fmt.Errorf("stytchmock: %w", err)
	}
	request.Header.Set("content-type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return "", fmt.Errorf("stytchmock: %w", err)
	}
	defer response.Body.Close()
	received, err := io.ReadAll(response.Body)
	if err != nil {
		return "", fmt.Errorf("stytchmock: %s %s: %w", method, address, err)
	}
	if response.StatusCode < 300 {
		return string(received), nil
	}
	var refusal struct {
		Error    string
		Problems []Problem
	}
	if json.Unmarshal(received, &refusal) != nil || refusal.Error == "" {
		// it is no answer of the control plane: as it is, then
		refusal.Error = string(received)
	}
	return "", &Error{method + " " + address, response.StatusCode, refusal.Error, refusal.Problems}
}

// add puts what was given into a query.
func add(values url.Values, name string, value any) {
	switch value := value.(type) {
	case string:
		if value != "" {
			values.Set(name, value)
		}
	case *int:
		if value != nil {
			values.Set(name, fmt.Sprint(*value))
		}
	case *bool:
		if value != nil {
			values.Set(name, fmt.Sprint(*value))
		}
	default:
		panic(fmt.Sprintf("a query has no %T", value))
	}
}

// enough fails unless as many came as were waited for.
func enough(what string, found, count int) error {
	if found < count {
		return fmt.Errorf("stytchmock: waited for %d %s, %d came", count, what, found)
	}
	return nil
}
