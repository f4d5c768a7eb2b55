/** What ComfyUI says of node 37 in a 400 of its own. */
export function nodeError(type: string, details: string, classType = "UNETLoader"): object {
  const error = { type, message: "Value not in list", details, extra_info: {} };
  return { "37": { errors: [error], dependent_outputs: ["60"], class_type: classType } };
}

/** What worker-comfyui makes of such a 400: Python's repr of each part. */
export function workerRefusal(details: string, classType: string): string {
  return `Workflow validation failed:\n• Node 37 (errors): [{'type': 'value_not_in_list', 'message': 'Value not in list', 'details': "${details}", 'extra_info': {'input_name': 'x', 'received_value': 'y'}}]\n• Node 37 (dependent_outputs): ['60']\n• Node 37 (class_type): ${classType}`;
}
