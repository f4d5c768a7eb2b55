export { compileQwenImageEditPrompt as compileQwenImageEditV2Prompt } from "../v1/prompt.ts";
