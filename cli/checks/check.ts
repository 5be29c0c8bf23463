/** What keeps a command from working, and how to mend it. */
export interface Obstacle {
  readonly problem: string;
  readonly remedy: string;
}

/** Obstacles as the user reads them. */
export function describeObstacles(obstacles: readonly Obstacle[]): string {
  const lines = obstacles.map(({ problem, remedy }) => `  ${problem}\n    ${remedy}`);
  return ["Not ready; nothing was changed:", ...lines].join("\n");
}
