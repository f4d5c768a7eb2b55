import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Brush, Coins, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { ServiceCard } from "../../features/catalogue/service-card.tsx";
import { isIllustrated } from "../../features/catalogue/service-lines.tsx";
import { trpc } from "../../shared/api/trpc.ts";
import { useFormat } from "../../shared/i18n/use-format.ts";
import { ScreenTitle } from "../../shared/ui/screen-title.tsx";
import { StartLinks } from "./start-links.tsx";

/** What it is, what it costs, one way in. */
export function LandingPage() {
  return (
    <div className="page-x mx-auto w-full max-w-5xl pb-16 pt-10 lg:pt-20">
      <div className="grid items-center gap-10 lg:grid-cols-[1.1fr_1fr]">
        <div>
          <ScreenTitle level="h1" className="text-display font-semibold">
            <Trans>
              ระบายจุดที่อยากแก้
              <br />
              แล้วบอก AI
            </Trans>
          </ScreenTitle>
          <p className="mt-4 max-w-[46ch] text-body-lg text-text-2">
            <Trans>
              เปลี่ยนฉากหลังสินค้า เสื้อผ้า ทรงผม หรือแสง มีแบบภาษาไทยให้เลือก เขียนคำสั่งไม่เป็นก็ใช้ได้
              ส่วนที่ไม่ได้ระบายจะคงเดิม
            </Trans>
          </p>
          <StartLinks className="mt-8" />
          <PriceLine />
        </div>
        <PaintedSample />
      </div>
      <Services />
      <ul className="mt-14 grid gap-4 sm:grid-cols-3">
        <Point icon={<Brush className="size-6" />} title={<Trans>แก้เฉพาะที่ระบาย</Trans>}>
          <Trans>นิ้วเดียวระบาย สองนิ้วซูม ลบและย้อนได้ทุกขั้น</Trans>
        </Point>
        <Point icon={<Coins className="size-6" />} title={<Trans>เห็นราคาก่อนกด</Trans>}>
          <Trans>ราคาอยู่บนปุ่ม งานไม่สำเร็จหรือยกเลิกก่อนเสร็จ ได้เครดิตคืน</Trans>
        </Point>
        <Point icon={<ShieldCheck className="size-6" />} title={<Trans>พิสูจน์ได้</Trans>}>
          <Trans>วัดทุกพิกเซลนอกบริเวณที่ระบาย แล้วบอกผลตามจริง</Trans>
        </Point>
      </ul>
    </div>
  );
}

/** Every service of the catalogue, as the server gives it. */
function Services() {
  const services = trpc.services.list.useQuery(undefined, { staleTime: 300_000 });
  if (services.data === undefined) return null;
  return (
    <section className="mt-14" aria-labelledby="services-title">
      <h2 id="services-title" className="text-title font-semibold">
        <Trans>เลือกสิ่งที่อยากทำ</Trans>
      </h2>
      <ul className="mt-4 grid gap-4 sm:grid-cols-2">
        {services.data.map((service) => (
          <li key={service.id}>
            <Link
              to="/services/$serviceId"
              params={{ serviceId: service.id }}
              className="group block h-full"
            >
              <ServiceCard service={service} />
            </Link>
          </li>
        ))}
      </ul>
      {services.data.some(({ id }) => isIllustrated(id)) && (
        <p className="mt-2 text-caption text-text-3">
          <Trans>ภาพก่อนและหลังจำลองขึ้นให้เห็นแนวทาง ไม่ใช่ผลงานจาก AI</Trans>
        </p>
      )}
    </section>
  );
}

function PriceLine() {
  const { number } = useFormat();
  const services = trpc.services.list.useQuery(undefined, { staleTime: 300_000 });
  const credits = services.data?.flatMap(({ modes }) => modes.map((mode) => mode.credits)) ?? [];
  const lowest = number(Math.min(...credits));
  return (
    <p className="mt-3 min-h-[1.65em] text-caption text-text-3">
      {credits.length > 0 && <Trans>เริ่มที่ {lowest} เครดิตต่อภาพ ไม่ต้องสมัครก่อน</Trans>}
    </p>
  );
}

/** The first step as it looks in the studio: a photo with a painted area. Not a result. */
function PaintedSample() {
  return (
    <figure>
      <div className="relative overflow-hidden rounded-sheet border border-hairline bg-ink-2">
        <img
          src="/samples/product.jpg"
          alt=""
          width={600}
          height={400}
          className="aspect-3/2 w-full object-cover"
        />
        <svg
          aria-hidden
          viewBox="0 0 600 400"
          className="absolute inset-0 size-full text-accent opacity-55"
        >
          <path
            d="M40 62 C180 20 420 20 560 62 M30 130 C80 100 110 96 130 100 M480 100 C530 96 560 110 575 140"
            fill="none"
            stroke="currentColor"
            strokeWidth="64"
            strokeLinecap="round"
          />
        </svg>
      </div>
      <figcaption className="mt-2 text-caption text-text-3">
        <Trans>ตัวอย่างขั้นตอนระบาย: สีทองคือส่วนที่จะเปลี่ยน</Trans>
      </figcaption>
    </figure>
  );
}

function Point({
  icon,
  title,
  children,
}: {
  icon: ReactNode;
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="rounded-card border border-hairline bg-ink-1 p-5">
      <span aria-hidden className="text-accent">
        {icon}
      </span>
      <h2 className="mt-2 text-body-lg font-semibold">{title}</h2>
      <p className="mt-1 text-label text-text-2">{children}</p>
    </li>
  );
}
