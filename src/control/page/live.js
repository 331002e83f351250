// What the page knows of the emulator: calls to the control plane, and the stream of what happens.

const PREFIX = "/__mock";

/** Calls the control plane; throws what it refuses. */
export async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(PREFIX + path, { method, body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body) });
  } catch {
    throw new Error("The emulator does not answer.");
  }
  const reply = await answer.json();
  if (!answer.ok) {
    const problems = (reply.problems ?? []).map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
    throw new Error([reply.error, ...problems].join("\n"));
  }
  return reply;
}

/** A path with a query; what is empty is left out. */
export function path(base, query) {
  const pairs = Object.entries(query).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return pairs.length ? `${base}?${new URLSearchParams(pairs)}` : base;
}

/** One of several segments of a path. */
export const segment = encodeURIComponent;

/** How the world stands, as the stream told last. */
export const world = { clock: null, faults: 0, projects: 0, heard: 0 };

/** Which project is looked at; empty: all of them. */
export const scope = { project: "" };

/** The emulator's time, in milliseconds. */
export function now() {
  if (!world.clock) return Date.now();
  const { now: at, frozen, scale } = world.clock;
  return Date.parse(at) + (frozen ? 0 : (performance.now() - world.heard) * scale);
}

const listeners = new Map();

/** Listens to an event until the view is left. Events: request, message, status, world, dropped, scope, open, lost. */
export function on(event, listener, signal) {
  if (!listeners.has(event)) listeners.set(event, new Set());
  listeners.get(event).add(listener);
  signal?.addEventListener("abort", () => listeners.get(event).delete(listener));
}

/** Tells an event to those who listen. */
export const emit = (event, data) => listeners.get(event)?.forEach((listener) => listener(data));

/** Takes over what the clock shows. */
export function setClock(clock) {
  world.clock = clock;
  world.heard = performance.now();
  emit("status", world);
}

let source = null;

/** Reads along as long as somebody looks: a page in the background asks for nothing. */
export function connect() {
  const begin = () => {
    if (source || document.hidden) return;
    source = new EventSource(`${PREFIX}/events`);
    source.onopen = () => emit("open");
    source.onerror = () => emit("lost");
    for (const event of ["request", "message", "world", "dropped"]) {
      source.addEventListener(event, ({ data }) => emit(event, JSON.parse(data)));
    }
    source.addEventListener("status", ({ data }) => {
      const { clock, faults, projects } = JSON.parse(data);
      Object.assign(world, { faults, projects });
      setClock(clock);
    });
  };
  const end = () => {
    source?.close();
    source = null;
    emit("lost");
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? end() : begin()));
  addEventListener("pagehide", end);
  addEventListener("pageshow", begin);
  begin();
}

const credentials = new Map();

/** What proves a project; asked for once. */
export async function credentialsOf(projectId) {
  if (!credentials.has(projectId)) {
    const { projects } = await call("GET", path("/projects", { q: projectId, limit: 50 }));
    projects.forEach((project) => credentials.set(project.project_id, project));
  }
  return credentials.get(projectId);
}

let description = null;

/** The OpenAPI document; asked for once, when a form needs it. */
export const openapi = () => (description ??= call("GET", "/openapi.json"));
