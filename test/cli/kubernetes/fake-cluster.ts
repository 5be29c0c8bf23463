import { ABSENT, ApiError, type ClusterApi } from "../../../cli/kubernetes/api/cluster-api";

type Said = string | ApiError | Readonly<Record<string, unknown>>;
/** What a path answers; a function is asked each time. */
export type Answer = Said | (() => Said);

/** An API server of canned answers, by path without its query; what is not given is absent. */
export class FakeCluster implements ClusterApi {
  readonly context = "lab";
  readonly server = "https://lab.example.com:6443";
  /** Each request that changes or asks a review, in order. */
  readonly posts: { readonly path: string; readonly body: unknown }[] = [];
  readonly removed: string[] = [];
  readonly asked: string[] = [];

  constructor(
    private readonly answers: Readonly<Record<string, Answer>> = {},
    private readonly review: (path: string, body: unknown) => unknown = () => ({}),
  ) {}

  get(path: string): Promise<unknown> {
    return this.answer(path);
  }

  async text(path: string): Promise<string> {
    return String(await this.answer(path));
  }

  async post(path: string, body: unknown): Promise<unknown> {
    this.posts.push({ path, body });
    const answer = await Promise.resolve(this.review(path, body));
    if (answer instanceof ApiError) throw answer;
    return answer;
  }

  remove(path: string): Promise<void> {
    this.removed.push(path);
    return Promise.resolve();
  }

  private answer(path: string): Promise<unknown> {
    this.asked.push(path);
    const [plain = ""] = path.split("?");
    const found = this.answers[plain];
    const answer = typeof found === "function" ? found() : found;
    if (answer === undefined) return Promise.reject(new ApiError("not found", ABSENT));
    return answer instanceof ApiError ? Promise.reject(answer) : Promise.resolve(answer);
  }
}

/** A list as the API server answers. */
export function list(...items: readonly unknown[]): { items: readonly unknown[] } {
  return { items };
}
