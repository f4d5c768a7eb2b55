import { Trans, useLingui } from "@lingui/react/macro";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";

/** Where pictures go and how long they stay. */
export function PrivacyPage() {
  const { t } = useLingui();
  useDocumentTitle(t`ภาพของคุณไปไหนบ้าง · OB AI Studio`);
  return (
    <article className="page-x mx-auto max-w-2xl space-y-4 py-10">
      <h1 className="text-title-l font-semibold">
        <Trans>ภาพของคุณไปไหนบ้าง</Trans>
      </h1>
      <p>
        <Trans>
          เมื่อเลือกภาพ ภาพจะถูกส่งมาเก็บที่เซิร์ฟเวอร์ของเรา ข้อมูลที่ติดมากับไฟล์ เช่น ตำแหน่งและชื่อกล้อง
          จะถูกตัดออกก่อนใช้งาน
        </Trans>
      </p>
      <p>
        <Trans>
          เมื่อกดสร้างภาพ สำเนาขนาดพอดีของภาพและส่วนที่ระบายจะถูกส่งไปยังเครื่อง GPU
          ของผู้ให้บริการในต่างประเทศเพื่อแก้ไข ไม่ส่งข้อมูลเจ้าของภาพไปด้วย
        </Trans>
      </p>
      <p>
        <Trans>
          ภาพต้นฉบับและภาพที่ได้เก็บไว้จนกว่าจะลบในหน้า “งานของฉัน” เมื่อลบแล้วภาพจะถูกลบออกจากเซิร์ฟเวอร์
          เหลือเพียงรายการเครดิต
        </Trans>
      </p>
      <p>
        <Trans>เบราว์เซอร์นี้จะเก็บภาพและส่วนที่ระบายล่าสุดไว้ในเครื่อง เพื่อให้เปิดหน้าใหม่แล้วทำต่อได้</Trans>
      </p>
    </article>
  );
}
