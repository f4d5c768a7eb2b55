import type { LocalizedText } from "@ob/workflow";
import type { AppErrorCode } from "./app-error.ts";

/** What happened, that no credit is lost, and what to do next. */
const ERROR_MESSAGES = {
  AUTH_REQUIRED: {
    th: "ยังไม่ได้เริ่มใช้งาน หรือหมดเวลาแล้ว เครดิตยังอยู่ครบ ลองโหลดหน้านี้ใหม่แล้วเริ่มอีกครั้ง",
    en: "You are not signed in, or your session has ended. Your credits are safe. Reload the page and start again.",
  },
  ORIGIN_REFUSED: {
    th: "คำขอนี้มาจากเว็บอื่น จึงไม่ได้ทำอะไรและไม่ใช้เครดิต เปิด OB AI Studio โดยตรงแล้วลองอีกครั้ง",
    en: "This request came from another site, so nothing was done and no credits were used. Open OB AI Studio directly and try again.",
  },
  INPUT_INVALID: {
    th: "ข้อมูลที่ส่งมายังไม่ถูกต้อง ยังไม่ได้ใช้เครดิต ตรวจดูแล้วลองอีกครั้ง",
    en: "Something in the request is not valid. No credits were used. Check it and try again.",
  },
  PROCEDURE_UNKNOWN: {
    th: "ไม่มีคำสั่งนี้ในระบบ ไม่ได้ใช้เครดิต ลองโหลดหน้านี้ใหม่เพื่อใช้รุ่นล่าสุด",
    en: "There is no such operation. No credits were used. Reload the page to get the latest version.",
  },
  BATCH_TOO_LARGE: {
    th: "ส่งมาพร้อมกันเกิน 10 คำสั่ง จึงยังไม่ได้ทำและไม่ใช้เครดิต แบ่งส่งเป็นชุดเล็กลง",
    en: "More than 10 calls were sent at once, so none was run and no credits were used. Send smaller batches.",
  },
  SERVICE_UNKNOWN: {
    th: "ไม่พบบริการนี้ ยังไม่ได้ใช้เครดิต เลือกบริการจากหน้าแรกอีกครั้ง",
    en: "There is no such service. No credits were used. Pick one from the start page.",
  },
  OPTION_UNKNOWN: {
    th: "ตัวเลือกนี้ไม่มีในบริการ ยังไม่ได้ใช้เครดิต เลือกใหม่จากรายการที่แสดง",
    en: "This service has no such option. No credits were used. Choose from the list shown.",
  },
  PROMPT_TOO_LONG: {
    th: "ข้อความยาวเกิน 2,000 ตัวอักษร ยังไม่ได้ใช้เครดิต ย่อให้สั้นลงแล้วลองอีกครั้ง",
    en: "The text is longer than 2,000 characters. No credits were used. Shorten it and try again.",
  },
  PROMPT_INVALID: {
    th: "ข้อความมีอักขระที่ใช้ไม่ได้ ยังไม่ได้ใช้เครดิต พิมพ์ใหม่หรือวางเป็นข้อความธรรมดา",
    en: "The text contains characters that cannot be used. No credits were used. Type it again or paste it as plain text.",
  },
  JOB_NOT_FOUND: {
    th: "ไม่พบงานนี้ อาจถูกลบไปแล้ว เครดิตไม่เปลี่ยน ดูงานทั้งหมดได้ที่ “งานของฉัน”",
    en: "This job was not found; it may have been deleted. Your credits did not change. See all jobs under “My work”.",
  },
  ASSET_NOT_FOUND: {
    th: "ไม่พบภาพนี้ อาจถูกลบไปแล้วหรือลิงก์หมดอายุ เครดิตไม่เปลี่ยน ลองโหลดหน้านี้ใหม่หรือเลือกภาพอีกครั้ง",
    en: "This picture was not found; it may have been deleted or the link has expired. Your credits did not change. Reload the page or choose the picture again.",
  },
  UPLOAD_NOT_FOUND: {
    th: "ยังไม่ได้รับไฟล์ หรือลิงก์อัปโหลดหมดเวลาแล้ว เครดิตไม่เปลี่ยน เลือกภาพแล้วอัปโหลดอีกครั้ง",
    en: "The file has not arrived, or the upload link has expired. Your credits did not change. Choose the picture and upload it again.",
  },
  FILE_TOO_LARGE: {
    th: "ไฟล์ใหญ่เกินไป รับได้ไม่เกิน 25 MB เครดิตไม่เปลี่ยน ย่อภาพแล้วลองอีกครั้ง",
    en: "The file is too large; the limit is 25 MB. Your credits did not change. Make it smaller and try again.",
  },
  IMAGE_UNREADABLE: {
    th: "เปิดภาพนี้ไม่ได้ ไฟล์อาจว่างเปล่า เสีย หรือโหลดมาไม่ครบ เครดิตไม่เปลี่ยน บันทึกภาพใหม่หรือเลือกภาพอื่น",
    en: "This picture cannot be opened; the file may be empty, damaged or incomplete. Your credits did not change. Save it again or choose another.",
  },
  IMAGE_TYPE_UNSUPPORTED: {
    th: "ยังเปิดไฟล์ชนิดนี้ไม่ได้ ใช้ JPEG, PNG หรือ WebP แบบภาพนิ่ง เครดิตไม่เปลี่ยน แปลงไฟล์แล้วลองอีกครั้ง",
    en: "This kind of file is not supported. Use a still JPEG, PNG or WebP. Your credits did not change. Convert it and try again.",
  },
  IMAGE_TOO_MANY_PIXELS: {
    th: "ภาพละเอียดเกินไป รับได้ไม่เกิน 40 ล้านพิกเซล เครดิตไม่เปลี่ยน ย่อขนาดภาพแล้วลองอีกครั้ง",
    en: "The picture has too many pixels; the limit is 40 megapixels. Your credits did not change. Resize it and try again.",
  },
  MASK_EMPTY: {
    th: "ยังไม่ได้ระบายส่วนที่อยากแก้ ยังไม่ได้ใช้เครดิต ระบายบนภาพ หรือเลือก “ทั้งภาพ”",
    en: "Nothing is painted yet. No credits were used. Paint what to change, or choose “Whole image”.",
  },
  MASK_SIZE_MISMATCH: {
    th: "ส่วนที่ระบายไม่ตรงกับภาพนี้ ยังไม่ได้ใช้เครดิต ระบายใหม่บนภาพที่เลือก",
    en: "The mask does not have the shape of this picture. No credits were used. Paint again on the chosen picture.",
  },
  INSUFFICIENT_CREDITS: {
    th: "เครดิตไม่พอสำหรับงานนี้ จึงยังไม่ได้สร้างและไม่หักเครดิต ภาพและที่ระบายไว้ยังอยู่ครบ",
    en: "There are not enough credits for this job, so it was not created and nothing was taken. Your picture and mask are kept.",
  },
  PRICE_CHANGED: {
    th: "ราคาหรือวิธีแต่งภาพเปลี่ยนจากที่แสดงไว้ จึงยังไม่ได้หักเครดิต ดูราคาใหม่แล้วกดอีกครั้ง",
    en: "The price, or the way the edit is made, has changed since it was shown, so nothing was taken. Look at the new price and press again.",
  },
  REQUEST_ID_REUSED: {
    th: "คำสั่งนี้ถูกใช้กับงานอื่นไปแล้ว จึงไม่ได้สร้างซ้ำและไม่หักเครดิตเพิ่ม ลองกดสร้างอีกครั้ง",
    en: "This request id was already used for another job, so nothing was created twice or charged. Try again with a new one.",
  },
  JOB_NOT_CANCELLABLE: {
    th: "งานนี้แก้ภาพเสร็จแล้ว กำลังเก็บภาพ จึงยกเลิกไม่ทัน รอสักครู่เพื่อรับภาพ",
    en: "This picture is already edited and is being stored, so it can no longer be cancelled. It will be there in a moment.",
  },
  JOB_NOT_RETRIABLE: {
    th: "ลองอีกครั้งได้เฉพาะงานที่ไม่สำเร็จหรือถูกยกเลิก เครดิตไม่เปลี่ยน สร้างงานใหม่ได้จากภาพเดิม",
    en: "Only failed or cancelled jobs can be tried again. Your credits did not change. Create a new job from the same picture.",
  },
  RATE_LIMITED: {
    th: "ส่งคำขอถี่เกินไป เครดิตไม่เปลี่ยน พักสักครู่แล้วลองอีกครั้ง",
    en: "Too many requests in a short time. Your credits did not change. Wait a moment and try again.",
  },
  GPU_UNAVAILABLE: {
    th: "เครื่อง GPU ยังไม่พร้อมชั่วคราว เครดิตยังอยู่ครบ ลองอีกครั้งในอีกสักครู่",
    en: "The GPU machines are not available for the moment. Your credits are safe. Try again shortly.",
  },
  INTERNAL: {
    th: "ระบบขัดข้อง เครดิตยังอยู่ครบ ลองอีกครั้งในอีกสักครู่",
    en: "Something went wrong on our side. Your credits are safe. Try again shortly.",
  },
  GPU_FAILED: {
    th: "แก้ภาพนี้ไม่สำเร็จ คืนเครดิตให้ครบแล้ว กด “ลองอีกครั้ง” ได้เลย ภาพและที่ระบายไว้ยังอยู่",
    en: "The picture could not be edited. All credits were returned. Press “Try again”; your picture and mask are kept.",
  },
  GPU_TIMEOUT: {
    th: "เครื่อง GPU ใช้เวลานานเกินไป จึงหยุดและคืนเครดิตให้ครบแล้ว กด “ลองอีกครั้ง” ได้เลย",
    en: "Editing took too long, so it was stopped and all credits were returned. Press “Try again”.",
  },
  RESULT_LOST: {
    th: "แก้ภาพเสร็จแล้วแต่รับภาพมาไม่ได้ คืนเครดิตให้ครบแล้ว กด “ลองอีกครั้ง” ได้เลย",
    en: "The picture was edited but could not be fetched. All credits were returned. Press “Try again”.",
  },
  RESULT_UNUSABLE: {
    th: "ภาพที่ได้เสียหาย จึงไม่ส่งมอบและคืนเครดิตให้ครบแล้ว กด “ลองอีกครั้ง” ได้เลย",
    en: "The picture that came back was damaged, so it was not delivered and all credits were returned. Press “Try again”.",
  },
} as const satisfies Record<AppErrorCode, LocalizedText>;

/** Texts of an error code, Thai and English. */
export function errorMessage(code: AppErrorCode): LocalizedText {
  return ERROR_MESSAGES[code];
}

export { reasonMessage, TRANSFER_REASONS, type TransferReason } from "./transfer-reasons.ts";
