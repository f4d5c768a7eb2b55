import type { OptionWords } from "./option-words.ts";

/** A new style for a whole room. */
export const ROOM: OptionWords = {
  kind: "change",
  id: "room",
  title: { th: "แต่งห้องทั้งห้อง", en: "Room style" },
  cast: "room",
  changes: ["furniture", "objects", "light", "colorTone", "background"],
  sets: "setting",
  remains: {
    background: {
      en: ["the room's layout, windows and doors"],
      th: "ผังห้อง หน้าต่าง และประตู",
    },
  },
  choices: [
    {
      id: "minimal-white",
      title: { th: "มินิมอลขาว", en: "Minimal white" },
      change: {
        th: "แต่งห้องสไตล์มินิมอล ผนังขาว เฟอร์นิเจอร์ไม้สีอ่อนไม่กี่ชิ้น",
        en: "Restyle the room in a minimal white style, with white walls and a few pieces of light wood furniture",
      },
    },
    {
      id: "japandi",
      title: { th: "เจแปนดี", en: "Japandi" },
      change: {
        th: "แต่งห้องสไตล์เจแปนดี ไม้โอ๊ก ผ้าลินินสีเบจ เฟอร์นิเจอร์เตี้ย",
        en: "Restyle the room in Japandi style, with oak wood, beige linen and low furniture",
      },
    },
    {
      id: "nordic",
      title: { th: "นอร์ดิก", en: "Nordic" },
      change: {
        th: "แต่งห้องสไตล์นอร์ดิก ผนังเทาอ่อน ไม้สนสีอ่อน ผ้าวูลนุ่ม",
        en: "Restyle the room in Nordic style, with pale gray walls, light pine wood and soft wool textiles",
      },
    },
    {
      id: "modern-luxury",
      title: { th: "โมเดิร์นลักชัวรี", en: "Modern luxury" },
      change: {
        th: "แต่งห้องสไตล์โมเดิร์นลักชัวรี หินอ่อน ทองเหลือง ผ้ากำมะหยี่เทา",
        en: "Restyle the room in a modern luxury style, with marble, brass details and gray velvet upholstery",
      },
    },
    {
      id: "industrial-loft",
      title: { th: "ลอฟต์", en: "Industrial loft" },
      change: {
        th: "แต่งห้องสไตล์ลอฟต์ ผนังปูนเปลือย อิฐแดง เหล็กดำ",
        en: "Restyle the room as an industrial loft, with bare concrete, red brick and black steel",
      },
    },
    {
      id: "boho-rattan",
      title: { th: "โบโฮหวาย", en: "Boho rattan" },
      change: {
        th: "แต่งห้องสไตล์โบโฮ เก้าอี้หวาย พรมสีครีม ผ้าถัก ต้นไม้",
        en: "Restyle the room in boho style, with rattan chairs, a cream rug, macrame and green plants",
      },
    },
    {
      id: "thai-teak",
      title: { th: "ไทยร่วมสมัยไม้สัก", en: "Contemporary Thai teak" },
      change: {
        th: "แต่งห้องสไตล์ไทยร่วมสมัย เฟอร์นิเจอร์ไม้สัก หมอนผ้าไหม ฉากไม้ฉลุ",
        en: "Restyle the room in a contemporary Thai style, with teak furniture, silk cushions and carved wooden screens",
      },
    },
    {
      id: "tropical-resort",
      title: { th: "รีสอร์ตเมืองร้อน", en: "Tropical resort" },
      change: {
        th: "แต่งห้องสไตล์รีสอร์ต ผ้าขาวสะอาด ไม้ไผ่ ใบไม้เมืองร้อน",
        en: "Restyle the room as a tropical resort, with crisp white linen, bamboo and large green leaves",
      },
    },
    {
      id: "pastel-cozy",
      title: { th: "พาสเทลน่ารัก", en: "Cozy pastel" },
      change: {
        th: "แต่งห้องโทนพาสเทลชมพูครีม ผ้านุ่ม ไฟอุ่น",
        en: "Restyle the room in cozy pastel pink and cream, with soft textiles and warm lamps",
      },
    },
    {
      id: "small-condo",
      title: { th: "คอนโดเล็กให้ดูกว้าง", en: "Roomy small condo" },
      change: {
        th: "แต่งคอนโดเล็กให้ดูกว้าง เฟอร์นิเจอร์สีอ่อน ตู้บิลต์อิน กระจกบานใหญ่",
        en: "Restyle the room so that a small condo looks roomy, with pale built-in cabinets, light furniture and a large mirror",
      },
    },
    {
      id: "cafe-corner",
      title: { th: "ร้านคาเฟ่", en: "Cafe" },
      change: {
        th: "แต่งห้องเป็นคาเฟ่ เคาน์เตอร์ไม้ โต๊ะกลมเล็ก โคมไฟห้อย",
        en: "Restyle the room as a cafe, with a wooden counter, small round tables and pendant lamps",
      },
    },
    {
      id: "empty-room",
      title: { th: "ห้องเปล่า", en: "Empty room" },
      change: {
        th: "เอาเฟอร์นิเจอร์และของทั้งหมดออก ให้เป็นห้องเปล่าสะอาด",
        en: "Clear all furniture and belongings out of the room and show it clean and empty",
      },
      changes: ["furniture", "objects"],
    },
  ],
};

/** One piece of furniture or decoration more. */
export const FURNITURE: OptionWords = {
  kind: "change",
  id: "furniture",
  title: { th: "เพิ่มเฟอร์นิเจอร์และของแต่ง", en: "Add furniture and decor" },
  cast: "room",
  changes: ["furniture"],
  remains: { furniture: { en: ["all other furniture"], th: "เฟอร์นิเจอร์ชิ้นอื่น" } },
  choices: [
    {
      id: "gray-sofa",
      title: { th: "โซฟาสีเทา", en: "Gray sofa" },
      change: {
        th: "เพิ่มโซฟาผ้าสีเทาอ่อนขนาดพอดีห้อง",
        en: "Add a light gray fabric sofa that fits the size of the room",
      },
    },
    {
      id: "rattan-chair",
      title: { th: "เก้าอี้หวาย", en: "Rattan armchair" },
      change: {
        th: "เพิ่มเก้าอี้หวายพร้อมเบาะสีครีม",
        en: "Add a rattan armchair with a cream cushion",
      },
    },
    {
      id: "wood-dining-table",
      title: { th: "โต๊ะกินข้าวไม้", en: "Wooden dining table" },
      change: {
        th: "เพิ่มโต๊ะกินข้าวไม้สีน้ำตาลพร้อมเก้าอี้สี่ตัว",
        en: "Add a brown wooden dining table with four matching chairs",
      },
    },
    {
      id: "double-bed",
      title: { th: "เตียงผ้าขาว", en: "Bed with white linen" },
      change: {
        th: "เพิ่มเตียงคู่ปูผ้าขาวและหมอนนุ่ม",
        en: "Add a double bed with white linen and soft pillows",
      },
    },
    {
      id: "white-curtains",
      title: { th: "ม่านโปร่งสีขาว", en: "Sheer white curtains" },
      change: {
        th: "แขวนม่านโปร่งสีขาวยาวจรดพื้นตรงหน้าต่าง",
        en: "Add floor-length sheer white curtains to the windows",
      },
    },
    {
      id: "cream-rug",
      title: { th: "พรมสีครีม", en: "Cream rug" },
      change: {
        th: "เพิ่มพรมสีครีมทอลายเรียบบนพื้น",
        en: "Add a plain woven cream rug to the floor",
      },
    },
    {
      id: "green-plants",
      title: { th: "ต้นไม้ในกระถาง", en: "Potted plants" },
      change: {
        th: "เพิ่มต้นมอนสเตอราและยางอินเดียในกระถางดินเผา",
        en: "Add a monstera and a rubber plant in terracotta pots",
      },
    },
    {
      id: "floor-lamp",
      title: { th: "โคมไฟตั้งพื้น", en: "Floor lamp" },
      change: {
        th: "เพิ่มโคมไฟตั้งพื้นโป๊ะผ้า แสงสีอุ่น",
        en: "Add a floor lamp with a fabric shade and warm light",
      },
    },
    {
      id: "wall-art",
      title: { th: "กรอบรูปติดผนัง", en: "Framed wall art" },
      change: {
        th: "แขวนภาพนามธรรมสีเอิร์ธโทนในกรอบไม้บนผนัง",
        en: "Hang a framed abstract print in earth tones on the wall",
      },
    },
    {
      id: "bookshelf",
      title: { th: "ชั้นหนังสือ", en: "Bookshelf" },
      change: {
        th: "เพิ่มชั้นหนังสือไม้สูง มีหนังสือและของแต่งเล็กน้อย",
        en: "Add a tall wooden bookshelf with books and a few ornaments",
      },
    },
    {
      id: "work-desk",
      title: { th: "โต๊ะทำงาน", en: "Work desk" },
      change: {
        th: "เพิ่มโต๊ะทำงานไม้สีอ่อนพร้อมเก้าอี้สีขาว",
        en: "Add a light wood work desk with a white chair",
      },
    },
  ],
};
