/** Whether a value is a whole number of steps from `min`; binary fractions may miss by a hair. */
export function isOnStep(value: number, { min, step }: { min: number; step: number }): boolean {
  const steps = (value - min) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}
