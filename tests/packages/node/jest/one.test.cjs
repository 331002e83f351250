const { useStytchMock } = require("stytch-mock/jest");
const { checks } = require("../checks.cjs");

const mock = useStytchMock();
const equal = (is, should) => expect(is).toEqual(should);

for (const [name, check] of Object.entries(checks)) {
  test(name, () => check({ stytch: mock.stytch, stytchMock: mock.stytchMock, equal }));
}
