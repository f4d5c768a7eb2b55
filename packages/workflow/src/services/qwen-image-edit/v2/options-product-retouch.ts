import type { OptionWords } from "./option-words.ts";

/** What makes a product ready to sell, its setting aside. */
export const PRODUCT_RETOUCH: OptionWords = {
  kind: "change",
  id: "product-retouch",
  title: { th: "แต่งสินค้าให้พร้อมขาย", en: "Product retouch" },
  cast: "product",
  changes: [],
  choices: [
    {
      id: "remove-dust",
      title: { th: "ลบฝุ่นและรอยขีดข่วน", en: "Remove dust and scratches" },
      change: {
        th: "ลบฝุ่น รอยนิ้วมือ และรอยขีดข่วนบนสินค้า",
        en: "Remove dust, fingerprints and fine scratches from the product",
      },
    },
    {
      id: "smooth-fabric",
      title: { th: "รีดผ้าให้เรียบ", en: "Smooth the fabric" },
      change: {
        th: "ลบรอยยับ ให้ผ้าเรียบเหมือนเพิ่งรีด",
        en: "Smooth the creases out of the fabric as if it were freshly ironed",
      },
    },
    {
      id: "invisible-mannequin",
      title: { th: "ลบหุ่นและไม้แขวน", en: "Remove the mannequin" },
      change: {
        th: "ลบหุ่นโชว์หรือไม้แขวน ให้เสื้อผ้าคงทรงเหมือนมีคนใส่",
        en: "Remove the mannequin or hanger and show the garment holding its worn shape, with the inside of the collar visible",
      },
      changes: ["objects"],
    },
    {
      id: "remove-price-tag",
      title: { th: "ลบป้ายราคาและสติกเกอร์", en: "Remove price tags" },
      change: {
        th: "ลบป้ายราคาและสติกเกอร์ออกจากสินค้า",
        en: "Remove the price tag and stickers from the product",
      },
      changes: ["text"],
      remains: { text: { en: ["the printed label and logo"], th: "ฉลากและโลโก้ที่พิมพ์ไว้" } },
    },
    {
      id: "remove-hand",
      title: { th: "ลบมือที่ถือสินค้า", en: "Remove the hand" },
      change: {
        th: "ลบมือที่ถือสินค้า แล้วเติมส่วนที่ถูกบัง",
        en: "Remove the hand that holds the product and restore the parts it hides",
      },
      changes: ["hands"],
    },
    {
      id: "reduce-glare",
      title: { th: "ลดแสงสะท้อน", en: "Reduce glare" },
      change: {
        th: "ลบแสงสะท้อนจ้าและเงาคนถ่ายบนผิวสินค้า",
        en: "Remove harsh glare and the photographer's reflection from the product's surface",
      },
    },
    {
      id: "true-colors",
      title: { th: "แก้สีให้ตรง", en: "True colors" },
      change: {
        th: "ปรับสมดุลสีขาวให้สีสินค้าตรงกับของจริง",
        en: "Correct the white balance so that whites are neutral and the product looks true to life",
      },
      changes: ["colorTone", "productSurface"],
    },
    {
      id: "straighten",
      title: { th: "จัดให้ตั้งตรง", en: "Straighten" },
      change: {
        th: "หมุนสินค้าให้ตั้งตรง หันหน้าเข้ากล้อง",
        en: "Straighten the product so that it stands upright and faces the camera",
      },
      changes: ["framing"],
    },
    {
      id: "crisp-details",
      title: { th: "รายละเอียดคมชัด", en: "Crisp details" },
      change: {
        th: "เพิ่มความคมชัดของขอบและพื้นผิวสินค้า",
        en: "Sharpen the product so that its edges and texture are crisp",
      },
    },
    {
      id: "soft-shadow",
      title: { th: "เพิ่มเงานุ่มใต้สินค้า", en: "Soft shadow" },
      change: {
        th: "เพิ่มเงานุ่มเป็นธรรมชาติใต้สินค้า",
        en: "Add a soft, natural contact shadow under the product",
      },
    },
    {
      id: "mirror-reflection",
      title: { th: "เพิ่มเงาสะท้อน", en: "Mirror reflection" },
      change: {
        th: "เพิ่มเงาสะท้อนจาง ๆ บนพื้นใต้สินค้า",
        en: "Add a faint mirror reflection of the product on the surface below it",
      },
    },
    {
      id: "water-droplets",
      title: { th: "หยดน้ำสดชื่น", en: "Water droplets" },
      change: {
        th: "เพิ่มหยดน้ำเม็ดเล็กใสเกาะผิวสินค้า",
        en: "Add fine, clear water droplets to the product's surface",
      },
    },
    {
      id: "jewelry-shine",
      title: { th: "ขัดเครื่องประดับให้วาว", en: "Jewelry shine" },
      change: {
        th: "ขัดโลหะและอัญมณีให้แวววาวสะอาดตา",
        en: "Polish the metal and gemstones so that they gleam with clean highlights",
      },
    },
  ],
};
