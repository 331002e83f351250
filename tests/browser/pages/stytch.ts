// What a page needs to find Stytch. The server of the page fills in `env`; a bundler's variables would do as well.
declare global {
  var env: { STYTCH_PUBLIC_TOKEN: string; STYTCH_BASE_URL?: string };
}

export const publicToken = env.STYTCH_PUBLIC_TOKEN;

// `endpoints` is an option that the SDK has and its types have not. Without a base URL the SDK asks the real service.
const base = env.STYTCH_BASE_URL;
export const options: object = base ? { endpoints: { testAPIURL: base, liveAPIURL: base } } : {};
