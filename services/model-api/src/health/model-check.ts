import { type HealthCheck } from "./health-check.js";

/** Checks that the model is loaded; unhealthy until it is. */
export function modelCheck(isLoaded: () => boolean): HealthCheck {
  return {
    name: "model",
    run() {
      const loaded = isLoaded();
      return Promise.resolve({ status: loaded ? "healthy" : "unhealthy", details: { loaded } });
    },
  };
}
