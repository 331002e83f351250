// Compiled, never run: the types of what `require` gives.
import mock = require("stytch-mock");
import jest = require("stytch-mock/jest");

export const started: Promise<mock.StytchMock> = mock.startStytchMock({ seed: { projects: [] } });
export const hooks: jest.StytchHooks = jest.useStytchMock();
