#!/usr/bin/env bash
# Starts the worker. OB_HANDLER=volume-files: ComfyUI's folders are those of the network volume.
set -euo pipefail

if [[ ${OB_HANDLER:-worker-comfyui} == volume-files ]]; then
  if ! mountpoint -q /runpod-volume; then
    echo "ob-worker: OB_HANDLER=volume-files needs a network volume at /runpod-volume." >&2
    exit 1
  fi
  mkdir -p /runpod-volume/ob/in /runpod-volume/ob/out
  # The base starts ComfyUI with fixed arguments: links stand for --input-directory and --output-directory.
  rm -rf /comfyui/input /comfyui/output
  ln -s /runpod-volume/ob/in /comfyui/input
  ln -s /runpod-volume/ob/out /comfyui/output
fi

exec /start.sh
