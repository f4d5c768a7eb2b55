export { OPTION_GROUPS } from "../v1/options.ts";
