import type { LocalizedText } from "@ob/workflow";

import { LEAST_COMFYUI_VERSION } from "./comfyui/least-version.ts";
import type { ExchangeCause } from "./exchange-cause.ts";

/** What each cause means and what an operator does about it, in plain words. */
export const ADVICE = {
  dns: {
    en: "The host name could not be found. Check the URL in the settings and this machine's name service.",
    th: "หาชื่อโฮสต์ไม่พบ ตรวจ URL ในการตั้งค่าและระบบชื่อ (DNS) ของเครื่องนี้",
  },
  "connection-refused": {
    en: "Nobody answered at that address. Check the URL and port, and whether the GPU side is running.",
    th: "ไม่มีใครตอบที่ที่อยู่นี้ ตรวจ URL และพอร์ต แล้วดูว่าฝั่ง GPU ทำงานอยู่หรือไม่",
  },
  "connection-lost": {
    en: "The connection broke before the answer was complete. One is nothing; many at once point to a restart or a proxy on the way.",
    th: "การเชื่อมต่อขาดก่อนได้คำตอบครบ ครั้งเดียวไม่เป็นไร ถ้าเกิดพร้อมกันหลายครั้งให้ดูการรีสตาร์ตหรือพร็อกซีระหว่างทาง",
  },
  tls: {
    en: "The certificate was not accepted. Check that the URL is right, that the certificate is valid, and this machine's clock.",
    th: "ใบรับรองใช้ไม่ได้ ตรวจ URL อายุใบรับรอง และนาฬิกาของเครื่องนี้",
  },
  timeout: {
    en: "No answer came in time. If it lasts, look at the GPU side's status page and at the network on the way.",
    th: "ไม่มีคำตอบภายในเวลา ถ้าเป็นต่อเนื่อง ให้ดูหน้าสถานะของฝั่ง GPU และเครือข่ายระหว่างทาง",
  },
  "address-refused": {
    en: "A worker's link leads where we fetch nothing from: another host, plain http, a port, or an address that is not public. For your own bucket, add its host to RUNPOD_OUTPUT_HOSTS and look at the worker's BUCKET_ENDPOINT_URL and the host's DNS.",
    th: "ลิงก์ของเวิร์กเกอร์ชี้ไปที่ที่เราไม่ดาวน์โหลด เช่น โฮสต์อื่น http ธรรมดา มีพอร์ต หรือที่อยู่ภายใน ถ้าเป็นบักเก็ตของคุณ เพิ่มโฮสต์ใน RUNPOD_OUTPUT_HOSTS แล้วตรวจ BUCKET_ENDPOINT_URL ของเวิร์กเกอร์และ DNS",
  },
  unauthorized: {
    en: "401: the key is wrong or lacks rights. Make a new key with access to this endpoint and set RUNPOD_API_KEY.",
    th: "401: คีย์ผิดหรือไม่มีสิทธิ์ สร้างคีย์ใหม่ที่เข้าถึงเอนด์พอยต์นี้ได้ แล้วตั้ง RUNPOD_API_KEY",
  },
  forbidden: {
    en: "403: the key is known but may not do this. Give it rights for this endpoint, and check that the account is in good standing.",
    th: "403: รู้จักคีย์นี้แต่ไม่มีสิทธิ์ทำสิ่งนี้ เพิ่มสิทธิ์ให้เอนด์พอยต์นี้ และตรวจสถานะบัญชี",
  },
  "endpoint-unknown": {
    en: "404: there is no such endpoint for this key. Check RUNPOD_ENDPOINT_ID and RUNPOD_BASE_URL.",
    th: "404: คีย์นี้ไม่มีเอนด์พอยต์ดังกล่าว ตรวจ RUNPOD_ENDPOINT_ID และ RUNPOD_BASE_URL",
  },
  "volume-refused": {
    en: "The volume's S3 refuses our key. Check RUNPOD_VOLUME_ACCESS_KEY_ID and RUNPOD_VOLUME_SECRET_ACCESS_KEY (an S3 API key, not the RUNPOD_API_KEY), RUNPOD_VOLUME_REGION, and this machine's clock.",
    th: "S3 ของ volume ไม่รับคีย์ของเรา ตรวจ RUNPOD_VOLUME_ACCESS_KEY_ID และ RUNPOD_VOLUME_SECRET_ACCESS_KEY (เป็น S3 API key ไม่ใช่ RUNPOD_API_KEY) RUNPOD_VOLUME_REGION และนาฬิกาของเครื่องนี้",
  },
  "volume-unknown": {
    en: "404: there is no such volume in that data center. Check RUNPOD_VOLUME_ID and RUNPOD_VOLUME_REGION, and that the volume was not deleted.",
    th: "404: ไม่มี volume นี้ในศูนย์ข้อมูลนั้น ตรวจ RUNPOD_VOLUME_ID และ RUNPOD_VOLUME_REGION แล้วดูว่า volume ยังไม่ถูกลบ",
  },
  "link-refused": {
    en: "The bucket refuses a picture's link: its signature has expired, or its key may not read. Check how long the worker's links hold, the rights of its BUCKET_ACCESS_KEY_ID, and the worker's clock.",
    th: "บักเก็ตไม่รับลิงก์รูป ลายเซ็นหมดอายุหรือคีย์ไม่มีสิทธิ์อ่าน ตรวจอายุลิงก์ สิทธิ์ของ BUCKET_ACCESS_KEY_ID ที่เวิร์กเกอร์ และนาฬิกาของเวิร์กเกอร์",
  },
  "comfyui-refused": {
    en: "The proxy in front of ComfyUI refuses our credentials. Check the user and password in COMFYUI_URL.",
    th: "พร็อกซีหน้า ComfyUI ไม่รับข้อมูลเข้าใช้ของเรา ตรวจชื่อผู้ใช้และรหัสผ่านใน COMFYUI_URL",
  },
  "comfyui-address": {
    en: "404: what answers there is no ComfyUI, or not at that path. Check COMFYUI_URL: its host, port and path.",
    th: "404: สิ่งที่ตอบไม่ใช่ ComfyUI หรือพาธไม่ถูก ตรวจโฮสต์ พอร์ต และพาธใน COMFYUI_URL",
  },
  "job-unknown": {
    en: "404: the GPU side no longer knows this job: its time to live or its 30 minutes of keeping are over, or it was purged. Look at what delayed collecting it.",
    th: "404: ฝั่ง GPU ไม่รู้จักงานนี้แล้ว หมดอายุ เกินเวลาเก็บผล 30 นาที หรือถูกล้างคิว ดูว่าอะไรทำให้เก็บผลช้า",
  },
  "rate-limited": {
    en: "429: too many requests at once. It is tried again later by itself; if it lasts, lower GPU_MAX_IN_FLIGHT or add workers.",
    th: "429: เรียกถี่เกินไป ระบบจะลองใหม่เอง ถ้าเป็นต่อเนื่อง ลด GPU_MAX_IN_FLIGHT หรือเพิ่มเวิร์กเกอร์",
  },
  "held-back": {
    en: "Our own rate budget answered, and nothing was sent to RunPod. It is tried again by itself; if it lasts, give this process a larger RUNPOD_RATE_SHARE or run fewer processes on the endpoint.",
    th: "งบอัตราเรียกของเราเองเป็นผู้ตอบ ยังไม่ได้ส่งอะไรถึง RunPod ระบบจะลองใหม่เอง ถ้าเป็นต่อเนื่อง เพิ่ม RUNPOD_RATE_SHARE ของโปรเซสนี้ หรือลดจำนวนโปรเซสต่อเอนด์พอยต์",
  },
  "picture-too-large": {
    en: "A result is larger than we take in. Our own graphs stay far below that: look whether the worker runs another graph, or saves something else under our names.",
    th: "ผลลัพธ์ใหญ่กว่าที่เรารับ กราฟของเราเล็กกว่านั้นมาก ตรวจว่าเวิร์กเกอร์ใช้กราฟอื่นหรือบันทึกสิ่งอื่นภายใต้ชื่อของเราหรือไม่",
  },
  "too-large": {
    en: "More bytes than may be sent or are taken: RunPod takes 10 MB per request, pictures as base64 included. Send smaller pictures or use a network volume.",
    th: "ข้อมูลใหญ่เกินที่รับส่งได้ RunPod รับครั้งละ 10 MB รวมรูปแบบ base64 ส่งรูปให้เล็กลงหรือใช้ network volume",
  },
  "bad-request": {
    en: "The request was refused as wrong. Compare its body with what this endpoint's handler expects; the worker's image may be of another kind.",
    th: "คำขอถูกปฏิเสธว่าไม่ถูกต้อง เทียบเนื้อหากับสิ่งที่ตัวรับงานของเอนด์พอยต์ต้องการ อิมเมจเวิร์กเกอร์อาจเป็นคนละชนิด",
  },
  overloaded: {
    en: "The GPU side answered with an error of its own (5xx). It is tried again by itself; if it lasts, look at its status page.",
    th: "ฝั่ง GPU ตอบว่าเกิดข้อผิดพลาดภายใน (5xx) ระบบจะลองใหม่เอง ถ้าเป็นต่อเนื่อง ดูหน้าสถานะของผู้ให้บริการ",
  },
  redirect: {
    en: "The answer points elsewhere; redirects are never followed, so that keys and pictures stay here. Set the final URL in the settings.",
    th: "คำตอบให้ไปที่อื่น เราไม่ตามไปเพื่อให้คีย์และรูปอยู่กับเรา ตั้ง URL ปลายทางจริงในการตั้งค่า",
  },
  "html-answer": {
    en: "A web page came instead of data: a proxy, a login page or a maintenance page stands in between, or the URL is wrong.",
    th: "ได้หน้าเว็บแทนข้อมูล อาจมีพร็อกซี หน้าเข้าสู่ระบบ หรือหน้าปิดปรับปรุงคั่นอยู่ หรือ URL ผิด",
  },
  "unreadable-answer": {
    en: "The answer was cut off or has an unknown form. If it lasts, the other side has changed: compare the response with its documentation.",
    th: "คำตอบขาดหรือมีรูปแบบที่ไม่รู้จัก ถ้าเป็นต่อเนื่องแปลว่าอีกฝั่งเปลี่ยนไป เทียบคำตอบกับเอกสารของเขา",
  },
  "handler-mismatch": {
    en: "The worker's handler is not the one we speak to. RUNPOD_HANDLER here and OB_HANDLER in the endpoint's environment must name the same: worker-comfyui or volume-files.",
    th: "ตัวรับงานของเวิร์กเกอร์ไม่ตรงกับที่เราเรียก ตั้ง RUNPOD_HANDLER ที่นี่และ OB_HANDLER ของเอนด์พอยต์ให้เป็นค่าเดียวกัน: worker-comfyui หรือ volume-files",
  },
  "model-file-missing": {
    en: "value_not_in_list: a model file is missing or lies in the wrong folder. On a network volume UNETLoader reads models/unet, CLIPLoader models/clip, VAELoader models/vae and LoraLoader models/loras; the check names the file.",
    th: "value_not_in_list: ไม่มีไฟล์โมเดลหรืออยู่ผิดโฟลเดอร์ บน network volume UNETLoader อ่าน models/unet, CLIPLoader อ่าน models/clip, VAELoader อ่าน models/vae และ LoraLoader อ่าน models/loras ดูชื่อไฟล์ในรายการตรวจ",
  },
  "node-class-missing": {
    en: `ComfyUI does not know a node of the workflow: it is too old (${LEAST_COMFYUI_VERSION} or newer is needed) or a custom node is not installed.`,
    th: `ComfyUI ไม่รู้จักโหนดในเวิร์กโฟลว์ อาจเก่าเกินไป (ต้อง ${LEAST_COMFYUI_VERSION} ขึ้นไป) หรือยังไม่ได้ติดตั้งโหนดเสริม`,
  },
  "input-file-missing": {
    en: "A picture that the workflow loads is not in ComfyUI's input folder: its upload failed, or it went to another machine.",
    th: "ไม่มีรูปที่เวิร์กโฟลว์ต้องโหลดในโฟลเดอร์ input ของ ComfyUI อาจอัปโหลดไม่สำเร็จหรือไปคนละเครื่อง",
  },
  "graph-refused": {
    en: "ComfyUI refused the workflow. Its answer names the node and the input; a new ComfyUI may have changed a node.",
    th: "ComfyUI ไม่รับเวิร์กโฟลว์นี้ คำตอบบอกโหนดและช่องที่ผิด ComfyUI รุ่นใหม่อาจเปลี่ยนโหนด",
  },
  "out-of-memory": {
    en: "The GPU's memory was full. Use 48 GB GPUs for this model, or let nothing else run on the same worker.",
    th: "หน่วยความจำ GPU เต็ม ใช้ GPU 48 GB กับโมเดลนี้ หรืออย่าให้งานอื่นใช้เวิร์กเกอร์เดียวกัน",
  },
  "comfyui-unreachable": {
    en: "ComfyUI on the worker did not start or died. Look at the worker's log: often the CUDA version, too little memory, or a slow first load.",
    th: "ComfyUI บนเวิร์กเกอร์ไม่เริ่มหรือดับไป ดูล็อกของเวิร์กเกอร์ มักเป็นรุ่น CUDA หน่วยความจำไม่พอ หรือโหลดครั้งแรกช้า",
  },
  "execution-error": {
    en: "A node failed while it ran. The answer names it; the same request may work on another try.",
    th: "โหนดหนึ่งล้มเหลวระหว่างทำงาน ดูชื่อในคำตอบ คำขอเดิมอาจสำเร็จเมื่อลองใหม่",
  },
  "worker-crashed": {
    en: "The worker's own program failed. Look at its traceback, and whether its image is a pinned, known version.",
    th: "โปรแกรมของเวิร์กเกอร์ล้มเหลว ดู traceback และตรวจว่าใช้อิมเมจรุ่นที่ตรึงไว้",
  },
  "execution-timeout": {
    en: "TIMED_OUT: the job took longer than it may. Check that models load from the image or a fast volume, and that the GPU is the one you chose.",
    th: "TIMED_OUT: งานใช้เวลาเกินกำหนด ตรวจว่าโมเดลโหลดจากอิมเมจหรือดิสก์ที่เร็ว และได้ GPU รุ่นที่เลือก",
  },
  "result-too-large": {
    en: "COMPLETED without an output: the worker could not hand in its result, mostly because it is larger than about 10 MB. Let the worker upload to a bucket, or use a network volume.",
    th: "COMPLETED แต่ไม่มีผล เวิร์กเกอร์ส่งผลไม่ได้ มักเพราะใหญ่เกิน 10 MB ให้เวิร์กเกอร์อัปโหลดเข้าบักเก็ตหรือใช้ network volume",
  },
  "nothing-drawn": {
    en: "The job ended well but saved no picture: the workflow needs one SaveImage node, and the worker must return its files.",
    th: "งานจบดีแต่ไม่ได้บันทึกรูป เวิร์กโฟลว์ต้องมี SaveImage หนึ่งโหนด และเวิร์กเกอร์ต้องส่งไฟล์กลับ",
  },
  "unexpected-output": {
    en: "The output has a form we do not know. The endpoint may run another handler: compare RUNPOD_HANDLER with the worker's image.",
    th: "ผลมีรูปแบบที่เราไม่รู้จัก เอนด์พอยต์อาจใช้ตัวรับงานอื่น เทียบ RUNPOD_HANDLER กับอิมเมจเวิร์กเกอร์",
  },
  "picture-gone": {
    en: "The picture is no longer at its link. Check how long the bucket keeps files, and collect sooner.",
    th: "รูปไม่อยู่ที่ลิงก์แล้ว ตรวจว่าบักเก็ตเก็บไฟล์นานเท่าไร และเก็บผลให้เร็วขึ้น",
  },
  "not-a-picture": {
    en: "The link gave something that is no PNG, JPEG or WebP, such as a web page. Open the bucket's settings and its access rules.",
    th: "ลิงก์ให้สิ่งที่ไม่ใช่ PNG, JPEG หรือ WebP เช่น หน้าเว็บ ดูการตั้งค่าและสิทธิ์ของบักเก็ต",
  },
  unknown: {
    en: "None of the known causes fits. Read the exchange below; if it comes again, it deserves a cause of its own.",
    th: "ไม่ตรงกับสาเหตุที่รู้จัก อ่านการรับส่งด้านล่าง ถ้าเกิดซ้ำควรมีสาเหตุของตัวเอง",
  },
} as const satisfies Record<ExchangeCause, LocalizedText>;
