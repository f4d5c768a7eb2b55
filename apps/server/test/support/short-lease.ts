/**
 * GPU_FIGURES where a server is killed on purpose: what it drove is taken over after four seconds
 * rather than twenty, and a submit nobody knows the answer of is given up after six rather than 120.
 */
export const SHORT_LEASE = "leaseMs=4000,leaseRenewMs=1000,unknownPatienceMs=6000";
