/** Solves H d = b for a symmetric 3x3 H given as [xx, xy, xz, yy, yz, zz]; null when H is singular. */
export function solveSymmetric(h: readonly number[], b: readonly number[]): Vector3 | null {
  const inverse = invertSymmetric(h);
  if (!inverse) return null;
  const [xx, xy, xz, yy, yz, zz] = inverse;
  const [bx = 0, by = 0, bz = 0] = b;
  return [xx * bx + xy * by + xz * bz, xy * bx + yy * by + yz * bz, xz * bx + yz * by + zz * bz];
}

/** Three components. */
export type Vector3 = readonly [number, number, number];
/** Upper triangle of a symmetric matrix, row by row. */
export type Symmetric3 = readonly [number, number, number, number, number, number];

/** Inverse by cofactors; null when singular. */
export function invertSymmetric(h: readonly number[]): Symmetric3 | null {
  const [xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0] = h;
  const cxx = yy * zz - yz * yz;
  const cxy = xz * yz - xy * zz;
  const cxz = xy * yz - xz * yy;
  const determinant = xx * cxx + xy * cxy + xz * cxz;
  if (!(Math.abs(determinant) > 1e-30)) return null;
  return [
    cxx / determinant,
    cxy / determinant,
    cxz / determinant,
    (xx * zz - xz * xz) / determinant,
    (xy * xz - xx * yz) / determinant,
    (xx * yy - xy * xy) / determinant,
  ];
}
