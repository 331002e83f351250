module stytch-mock/tests/sdk/go

go 1.25

require (
	github.com/pquerna/otp v1.5.0 // for docs/logging-in.md
	github.com/stytchauth/stytch-go/v16 v16.0.0
)

require (
	github.com/MicahParks/keyfunc/v2 v2.0.1 // indirect
	github.com/boombuler/barcode v1.0.1-0.20190219062509-6c824513bacc // indirect
	github.com/golang-jwt/jwt/v5 v5.0.0 // indirect
	github.com/mitchellh/mapstructure v1.5.0 // indirect
)
