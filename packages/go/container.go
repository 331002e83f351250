// Package stytchmock runs stytch-mock, a local emulator of Stytch's sessions, users and logins, as a container of a test, and
// steers it.
//
//	mock, err := stytchmock.Run(ctx, stytchmock.WithSeed(seed))
//	defer mock.Terminate()
//	client, err := stytchapi.NewClient(mock.ProjectID, mock.Secret, stytchapi.WithBaseURI(mock.URL))
//	_, err = mock.Clock.Advance(ctx, "1h")
package stytchmock

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"

	"github.com/docker/docker/api/types/container"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

const port = "7898/tcp"

// Access is what an app needs to call the emulator as a project.
type Access struct {
	// The base URL, for the option of the vendor's SDK.
	URL       string
	ProjectID string
	Secret    string
	// What browsers name the project by.
	PublicToken string
}

// Env gives the same as variables.
func (a Access) Env() map[string]string {
	return map[string]string{
		"STYTCH_PROJECT_ID":   a.ProjectID,
		"STYTCH_SECRET":       a.Secret,
		"STYTCH_PUBLIC_TOKEN": a.PublicToken,
		"STYTCH_BASE_URL":     a.URL,
	}
}

// Container is an emulator that runs as a container. What is steered here is about the whole world. Credentials are those of
// the seed's first project.
type Container struct {
	Access
	*Control
	// The container itself.
	Container testcontainers.Container
	lifeline  net.Conn
}

// Project is a project of the emulator. What is steered here is about this project alone.
type Project struct {
	Access
	*ProjectControl
	control *Control
}

type settings struct {
	image string
	seed  any
	flags []string
	more  []testcontainers.ContainerCustomizer
}

// Option says how the emulator is to be started.
type Option func(*settings)

// WithImage names the image. Default: what STYTCH_MOCK_IMAGE says, or else that of this module's version.
func WithImage(image string) Option { return func(s *settings) { s.image = image } }

// WithSeed brings the world: what encoding/json makes a seed of, such as a map or a json.RawMessage. Default: the built-in
// seed.
func WithSeed(seed any) Option { return func(s *settings) { s.seed = seed } }

// WithFlag sets a flag of the command, such as WithFlag("--clock", "2026-01-01T00:00:00Z").
func WithFlag(flag, value string) Option {
	return func(s *settings) { s.flags = append(s.flags, flag+"="+value) }
}

// WithContainer passes options on to Testcontainers, such as a network.
func WithContainer(options ...testcontainers.ContainerCustomizer) Option {
	return func(s *settings) { s.more = append(s.more, options...) }
}

// Run starts an emulator. It ends by Terminate, and at the latest with this process: its standard input is a connection from
// here, and it ends, and is removed, when that does.
func Run(ctx context.Context, options ...Option) (*Container, error) {
	s := settings{image: cmp.Or(os.Getenv("STYTCH_MOCK_IMAGE"), DefaultImage)}
	for _, option := range options {
		option(&s)
	}
	docker, err := testcontainers.NewDockerClientWithOpts(ctx)
	if err != nil {
		return nil, fmt.Errorf("stytchmock: %w", err)
	}
	defer docker.Close()
	mock := &Container{}
	attach := func(ctx context.Context, created testcontainers.Container) error {
		hijacked, err := docker.ContainerAttach(ctx, created.GetContainerID(), container.AttachOptions{Stream: true, Stdin: true})
		if err == nil {
			mock.lifeline = hijacked.Conn
		}
		return err
	}
	customizers := []testcontainers.ContainerCustomizer{
		testcontainers.WithExposedPorts(port),
		testcontainers.WithCmd(append([]string{"--exit-with-stdin"}, s.flags...)...),
		testcontainers.WithConfigModifier(func(config *container.Config) { config.OpenStdin, config.StdinOnce = true, true }),
		testcontainers.WithHostConfigModifier(func(config *container.HostConfig) { config.AutoRemove = true }),
		testcontainers.WithAdditionalLifecycleHooks(testcontainers.ContainerLifecycleHooks{
			PreStarts: []testcontainers.ContainerHook{attach},
		}),
		// the image has no shell, by which ports are looked for otherwise
		testcontainers.WithWaitStrategy(wait.ForHTTP("/__mock/health").WithPort(port)),
	}
	if s.seed != nil {
		seed, err := json.Marshal(s.seed)
		if err != nil {
			return nil, fmt.Errorf("stytchmock: the seed is no JSON: %w", err)
		}
		customizers = append(customizers, testcontainers.WithFiles(testcontainers.ContainerFile{
			Reader: bytes.NewReader(seed), ContainerFilePath: "/seed/seed.json", FileMode: 0o444,
		}))
	}
	mock.Container, err = testcontainers.Run(ctx, s.image, append(customizers, s.more...)...)
	if err == nil {
		err = mock.introduce(ctx)
	}
	if err != nil {
		_ = mock.Terminate()
		return nil, fmt.Errorf("stytchmock: %w", err)
	}
	return mock, nil
}

func (c *Container) introduce(ctx context.Context) error {
	url, err := c.Container.PortEndpoint(ctx, port, "http")
	if err != nil {
		return err
	}
	c.URL, c.Control = url, NewControl(url)
	projects, err := c.Projects.List(ctx, ProjectsListQuery{})
	if err == nil && len(projects.Projects) > 0 {
		c.Access = access(url, projects.Projects[0])
	}
	return err
}

func access(url string, credentials Credentials) Access {
	return Access{url, credentials.ProjectID, credentials.Secret, credentials.PublicToken}
}

// NewProject makes a project with credentials of its own: a clone of the seed's first, or what is described.
func (c *Container) NewProject(ctx context.Context, described any) (*Project, error) {
	credentials, err := c.Projects.Add(ctx, described)
	if err != nil {
		return nil, err
	}
	return &Project{access(c.URL, credentials), c.OfProject(credentials.ProjectID), c.Control}, nil
}

// Delete deletes the project.
func (p *Project) Delete(ctx context.Context) error {
	_, err := p.control.Projects.Delete(ctx, p.ProjectID)
	return err
}

// Terminate ends the emulator and removes the container.
func (c *Container) Terminate() error {
	err := testcontainers.TerminateContainer(c.Container)
	if c.lifeline != nil {
		_ = c.lifeline.Close()
	}
	return err
}
