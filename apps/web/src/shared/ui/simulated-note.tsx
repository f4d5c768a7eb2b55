import { Trans } from "@lingui/react/macro";
import type { Service } from "@ob/api";

/** Says so while no model draws. */
export function SimulatedNote({ service }: { service: Pick<Service, "isSimulated"> }) {
  if (!service.isSimulated) return null;
  return (
    <p className="text-caption text-info">
      <Trans>โหมดจำลอง ภาพที่ได้ยังไม่ได้มาจาก AI จริง</Trans>
    </p>
  );
}
