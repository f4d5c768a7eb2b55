import { envInOnePlace } from "./env-in-one-place.mjs";
import { importDirection } from "./import-direction.mjs";
import { pure } from "./pure.mjs";

/** Our own oxlint rules: `ob/<name>`. */
export default {
  meta: { name: "ob" },
  rules: {
    "import-direction": importDirection,
    pure,
    "env-in-one-place": envInOnePlace,
  },
};
