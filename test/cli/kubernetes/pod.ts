/** What a test says of a pod. */
export interface PodSketch {
  readonly name: string;
  readonly workload: string;
  readonly uid?: string;
  readonly image?: string;
  /** What its node says of the image that it pulled. */
  readonly imageID?: string;
  readonly node?: string;
  readonly phase?: string;
  readonly limit?: string;
  /** Seconds from creation to ready; absent: not ready. */
  readonly readyAfter?: number;
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly restarts?: number;
  readonly ended?: { readonly exitCode: number; readonly reason?: string };
  readonly unschedulable?: string;
  readonly deleted?: boolean;
}

export const NAMESPACE = "whalewatch-try-services";
export const IMAGE = "registry.example.com/api:1.0.0";
const CREATED = "2026-11-23T10:00:00Z";

/** A pod as the API server shows it. */
export function pod(sketch: PodSketch): object {
  const { name, workload, image = IMAGE, node, phase = "Running", limit, readyAfter } = sketch;
  const ready = new Date(Date.parse(CREATED) + (readyAfter ?? 0) * 1000).toISOString();
  return {
    metadata: {
      name,
      namespace: NAMESPACE,
      uid: sketch.uid ?? name,
      creationTimestamp: CREATED,
      ...(sketch.deleted === true && { deletionTimestamp: CREATED }),
      labels: { "app.kubernetes.io/name": workload },
    },
    spec: {
      ...(node !== undefined && { nodeName: node }),
      containers: [
        {
          name: workload,
          image,
          resources: limit === undefined ? {} : { limits: { memory: limit } },
        },
      ],
    },
    status: {
      phase,
      conditions: [
        ...(readyAfter === undefined
          ? []
          : [{ type: "Ready", status: "True", lastTransitionTime: ready }]),
        ...(sketch.unschedulable === undefined
          ? []
          : [
              {
                ...{ type: "PodScheduled", status: "False", reason: "Unschedulable" },
                ...{ message: sketch.unschedulable, lastTransitionTime: CREATED },
              },
            ]),
      ],
      containerStatuses: [
        {
          name: workload,
          image: "",
          ...(sketch.imageID !== undefined && { imageID: sketch.imageID }),
          restartCount: sketch.restarts ?? 0,
          state: sketch.waiting === undefined ? { running: {} } : { waiting: sketch.waiting },
          lastState: sketch.ended === undefined ? {} : { terminated: sketch.ended },
        },
      ],
    },
  };
}
