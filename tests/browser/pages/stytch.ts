// What a page needs to find Stytch. The server of the page fills in `env`; a bundler's variables would do as well.
declare global {
  var env: { STYTCH_PUBLIC_TOKEN: string; STYTCH_BASE_URL?: string; STYTCH_DOMAIN?: string };
}

export const publicToken = env.STYTCH_PUBLIC_TOKEN;

// `endpoints` is an option that the SDK has and its types have not. Without a base URL the SDK asks the real service, or
// the domain that the project has for it.
const { STYTCH_BASE_URL: base, STYTCH_DOMAIN: domain } = env;
export const options: object = base ? { endpoints: { testAPIURL: base, liveAPIURL: base } } : { customBaseUrl: domain };
