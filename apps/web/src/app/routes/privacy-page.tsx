import { Trans, useLingui } from "@lingui/react/macro";
import { useDocumentTitle } from "../../shared/lib/use-document-title.ts";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";

/** Where pictures go and how long they stay. */
export function PrivacyPage() {
  const { t } = useLingui();
  useDocumentTitle(t`ภาพของคุณไปไหนบ้าง · OB AI Studio`);
  return (
    <article className="page-x mx-auto w-full max-w-2xl space-y-4 py-10">
      <ScreenTitle level="h1" className="text-title-l font-semibold">
        <Trans>ภาพของคุณไปไหนบ้าง</Trans>
      </ScreenTitle>
      <p>
        <Trans>
          เมื่อเลือกภาพ ภาพจะถูกส่งมาเก็บที่เซิร์ฟเวอร์ของเรา ข้อมูลที่ติดมากับไฟล์ เช่น ตำแหน่งและชื่อกล้อง
          จะถูกตัดออกก่อนใช้งาน
        </Trans>
      </p>
      <p>
        <Trans>
          เมื่อกดสร้างภาพ สำเนาย่อขนาดของภาพและส่วนที่ระบายจะถูกส่งไปยังเครื่อง GPU
          ของผู้ให้บริการในต่างประเทศเพื่อแก้ไข ไม่ส่งข้อมูลเจ้าของภาพไปด้วย
        </Trans>
      </p>
      <p>
        <Trans>
          ภาพที่ยังไม่ได้สร้างงานจะถูกลบใน 24 ชั่วโมง ภาพของงานเก็บไว้จนกว่าจะลบในหน้า “งานของฉัน”
          เมื่อลบงานแล้วภาพจะถูกลบออกจากเซิร์ฟเวอร์ ยกเว้นภาพต้นฉบับที่ยังใช้ในงานอื่น รายการเครดิตยังอยู่
        </Trans>
      </p>
      <p>
        <Trans>
          เบราว์เซอร์นี้เก็บภาพและส่วนที่ระบายของงานที่ทำค้างไว้กับ 20 งานล่าสุด เพื่อให้ทำต่อและเทียบก่อนหลังได้ เมื่อลบงาน
          ส่วนที่เก็บไว้ของงานนั้นจะถูกลบด้วย
        </Trans>
      </p>
    </article>
  );
}
