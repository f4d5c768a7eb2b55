import type { ChangeChoice, OptionWords } from "./option-words.ts";

/** What to take from an extra picture: the group for picture 2 or 3. */
export function pictureGroup(picture: 2 | 3): OptionWords {
  return {
    kind: "change",
    id: `picture-${picture}`,
    title: { th: `ใช้รูปที่ ${picture} เป็น`, en: `Take from picture ${picture}` },
    cast: "scene",
    changes: ["objects"],
    picture,
    choices: pictureChoices(`Picture ${picture}`, `รูปที่ ${picture}`),
  };
}

function pictureChoices(source: string, th: string): readonly ChangeChoice[] {
  return [
    {
      id: "outfit",
      title: { th: "ชุดที่จะใส่", en: "Outfit" },
      change: {
        th: `ให้คนในรูปที่ 1 ใส่ชุดจาก${th}`,
        en: `Dress the person in Picture 1 in the outfit from ${source} with a natural fit`,
      },
      sets: "outfit",
      changes: ["clothing"],
      cast: "person",
    },
    {
      id: "accessories",
      title: { th: "กระเป๋า หมวก หรือเครื่องประดับ", en: "Bag, hat or jewelry" },
      change: {
        th: `ให้คนในรูปที่ 1 ใส่หรือถือของจาก${th}`,
        en: `Add the bag, hat or jewelry from ${source} to the person in Picture 1 at a natural size`,
      },
      changes: ["accessories", "hands"],
      cast: "person",
    },
    {
      id: "hairstyle",
      title: { th: "ทรงผม", en: "Hairstyle" },
      change: {
        th: `เปลี่ยนทรงผมของคนในรูปที่ 1 ให้เหมือน${th}`,
        en: `Change the hairstyle of the person in Picture 1 to the one in ${source}`,
      },
      sets: "hairstyle",
      changes: ["hair"],
      cast: "person",
    },
    {
      id: "pose",
      title: { th: "ท่าทาง", en: "Pose" },
      change: {
        th: `เปลี่ยนท่าของคนในรูปที่ 1 ให้เหมือน${th}`,
        en: `Change the pose of the person in Picture 1 to the one in ${source}`,
      },
      changes: ["pose", "hands"],
      cast: "person",
    },
    {
      id: "person",
      title: { th: "คนที่จะมาถ่ายด้วยกัน", en: "Person to add" },
      change: {
        th: `เพิ่มคนจาก${th} มายืนข้างคนในรูปที่ 1 ขนาดและแสงเข้ากัน`,
        en: `Add the person from ${source} beside the person in Picture 1, at a matching size and in the same light, with the face, hair and clothes from ${source}`,
      },
      cast: "person",
    },
    {
      id: "background",
      title: { th: "ฉากหลัง", en: "Background" },
      change: {
        th: `เปลี่ยนฉากหลังของรูปที่ 1 เป็นสถานที่ใน${th}`,
        en: `Replace the background of Picture 1 with the place in ${source}, with matching perspective and light`,
      },
      sets: "setting",
      changes: ["background", "light", "colorTone"],
    },
    {
      id: "product",
      title: { th: "สินค้าที่จะวางในภาพ", en: "Product to place" },
      change: {
        th: `วางสินค้าจาก${th} ลงในรูปที่ 1 ขนาดและแสงเข้ากัน`,
        en: `Place the product from ${source} in Picture 1 at a natural size and in the same light, with its label and shape unchanged`,
      },
    },
    {
      id: "furniture",
      title: { th: "เฟอร์นิเจอร์ที่จะวาง", en: "Furniture to place" },
      change: {
        th: `วางเฟอร์นิเจอร์จาก${th} ลงในห้องรูปที่ 1 ขนาดพอดีห้อง`,
        en: `Place the furniture from ${source} in the room of Picture 1 at a size that fits it`,
      },
      changes: ["furniture"],
      remains: { furniture: { en: ["all other furniture"], th: "เฟอร์นิเจอร์ชิ้นอื่น" } },
      cast: "room",
    },
    {
      id: "logo",
      title: { th: "โลโก้หรือฉลากที่จะติด", en: "Logo or label" },
      change: {
        th: `ติดโลโก้หรือฉลากจาก${th} บนสินค้าในรูปที่ 1 ให้โค้งตามผิว`,
        en: `Apply the logo or label from ${source} to the product in Picture 1, following its surface and light`,
      },
      changes: ["text"],
      cast: "product",
    },
    {
      id: "pattern",
      title: { th: "ลายผ้า", en: "Fabric pattern" },
      change: {
        th: `ใช้ลายผ้าจาก${th} กับเสื้อผ้าในรูปที่ 1`,
        en: `Apply the fabric pattern from ${source} to the clothes in Picture 1, following their folds`,
      },
      changes: ["clothing"],
      cast: "person",
    },
    {
      id: "color-tone",
      title: { th: "โทนสีและแสง", en: "Color tone and light" },
      change: {
        th: `ปรับโทนสีและแสงของรูปที่ 1 ให้เหมือน${th}`,
        en: `Match the color tone and light of Picture 1 to those of ${source}`,
      },
      sets: "light",
      changes: ["light", "colorTone"],
    },
  ];
}
