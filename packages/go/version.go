package stytchmock

// DefaultImage is the image that belongs to this module.
const DefaultImage = "ghcr.io/OWNER/stytch-mock:0.1.0"
