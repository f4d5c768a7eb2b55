import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { JobStage } from "@ob/api";

/** Each stage as a person would say it. */
export const STAGE_TEXTS = {
  submitting: msg`กำลังส่งงาน`,
  waiting: msg`เข้าคิวแล้ว`,
  waking: msg`กำลังปลุกเครื่อง GPU ครั้งแรกอาจใช้เวลา 1–2 นาที`,
  drawing: msg`กำลังแก้ภาพ`,
  storing: msg`เก็บรายละเอียด`,
  done: msg`เสร็จแล้ว`,
  failed: msg`แก้ภาพไม่สำเร็จ`,
  cancelled: msg`ยกเลิกแล้ว`,
} satisfies Record<JobStage, MessageDescriptor>;
