#!/usr/bin/env bash
# Fills a RunPod network volume with the model files. Two ways:
#
#   fill-volume.sh pod                 on a pod that has the volume at /workspace: the quick one, RunPod's
#                                      line fetches 31 GB in minutes. Any pod will do, also one without a GPU.
#   fill-volume.sh s3 <folder>         from anywhere, through the volume's S3 API. <folder> holds, or gets,
#                                      the files (31 GB); they are checked before they are sent.
#
# Both may be run again at any time: what is there and right is left alone.
#
# For s3: RUNPOD_VOLUME_ID, RUNPOD_VOLUME_REGION (such as EUR-IS-1), RUNPOD_VOLUME_ACCESS_KEY_ID
# (user_...), RUNPOD_VOLUME_SECRET_ACCESS_KEY (rps_...), and the AWS command line, version 2.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  sed -n '2,12p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//' >&2
  exit 2
}

need() {
  if [[ -z ${!1:-} ]]; then
    echo "fill-volume: $1 is not set." >&2
    exit 2
  fi
}

fill_on_pod() {
  if [[ -z ${VOLUME_ROOT:-} ]]; then
    be_sure_of_volume /workspace
  fi
  python3 "$here/fetch_models.py" --into "${VOLUME_ROOT:-/workspace}/models"
}

# A pod has a disk of its own at /workspace when no network volume is attached: 31 GB there would be
# gone with the pod. A network volume comes by a file system of the network.
be_sure_of_volume() {
  local root=$1 source type size
  if ! read -r source type size < <(findmnt --noheadings --mountpoint "$root" --output SOURCE,FSTYPE,SIZE); then
    echo "fill-volume: nothing is mounted at $root: attach the network volume to this pod." >&2
    exit 2
  fi
  echo "$root is $source ($type), $size"
  if [[ ! $type =~ ^(fuse|nfs|ceph|lustre|beegfs|glusterfs|9p|virtiofs) ]]; then
    echo "fill-volume: that looks like the pod's own disk. If it is the network volume all the same:" >&2
    echo "  VOLUME_ROOT=$root $0 pod" >&2
    exit 2
  fi
}

# Size in bytes of one object; empty when it is not there.
remote_size() {
  s3api head-object --bucket "$RUNPOD_VOLUME_ID" --key "$1" --query ContentLength --output text 2>/dev/null || true
}

s3api() {
  aws s3api --endpoint-url "$endpoint" --region "$RUNPOD_VOLUME_REGION" "$@"
}

send_one() {
  local folder=$1 key=$2 path=$1/$2 bytes
  bytes=$(wc -c <"$path" | tr -d ' ')
  if [[ $(remote_size "$key") == "$bytes" ]]; then
    echo "$key: is there"
    return
  fi
  echo "$key: sending $bytes bytes"
  aws s3 cp --endpoint-url "$endpoint" --region "$RUNPOD_VOLUME_REGION" --no-progress \
    "$path" "s3://$RUNPOD_VOLUME_ID/$key"
  # RunPod's S3 names no sha256: the size is what can be asked. `pod` checks the content.
  if [[ $(remote_size "$key") != "$bytes" ]]; then
    echo "fill-volume: $key has not the size it was sent with." >&2
    exit 1
  fi
}

fill_by_s3() {
  local folder=$1
  for name in RUNPOD_VOLUME_ID RUNPOD_VOLUME_REGION RUNPOD_VOLUME_ACCESS_KEY_ID RUNPOD_VOLUME_SECRET_ACCESS_KEY; do
    need "$name"
  done
  command -v aws >/dev/null || { echo "fill-volume: the AWS command line (aws) is not installed." >&2; exit 2; }
  endpoint=${RUNPOD_VOLUME_ENDPOINT_URL:-https://s3api-$(tr '[:upper:]' '[:lower:]' <<<"$RUNPOD_VOLUME_REGION").runpod.io/}
  export AWS_ACCESS_KEY_ID=$RUNPOD_VOLUME_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY=$RUNPOD_VOLUME_SECRET_ACCESS_KEY
  # RunPod answers 502 now and then, and knows no newer checksums.
  export AWS_MAX_ATTEMPTS=10 AWS_RETRY_MODE=standard
  export AWS_REQUEST_CHECKSUM_CALCULATION=WHEN_REQUIRED AWS_RESPONSE_CHECKSUM_VALIDATION=WHEN_REQUIRED
  python3 "$here/fetch_models.py" --into "$folder/models"
  local path
  while IFS= read -r -d '' path; do
    send_one "$folder" "${path#"$folder"/}"
  done < <(find "$folder/models" -name '*.safetensors' -type f -print0)
}

case ${1:-} in
  pod) [[ $# -eq 1 ]] || usage; fill_on_pod ;;
  s3) [[ $# -eq 2 ]] || usage; fill_by_s3 "${2%/}" ;;
  *) usage ;;
esac
