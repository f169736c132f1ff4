import { DeleteOutlined, PictureOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { ProblemAlert } from "../../design/state.tsx";
import { usePictureUrl } from "./mall.ts";

const longestSide = 800;
const quality = 0.82;

/** Phones take pictures of 5 MB: what is kept is what a phone shows, and no place or camera is told with it. */
async function shrunk(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext("2d");
  if (!brush) throw new Error("No canvas");
  brush.fillStyle = "#ffffff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", quality).split(",")[1] ?? "";
}

/** Chooses, shrinks and uploads a picture; its value is the picture's id. */
export function PictureField({ value, onChange }: { value?: string | null; onChange?: (id: string | null) => void }) {
  const { t } = useTranslation();
  const url = usePictureUrl();
  const input = useRef<HTMLInputElement>(null);
  const upload = useAction<File, { id: string }>({ run: async (file) => api.post("/mall-pictures", { base64: await shrunk(file) }), onDone: ({ id }) => onChange?.(id) });
  return (
    <div className="stack-tight">
      <div className="row">
        {value ? <img className="mall-picture is-large" src={url(value)} alt={t("mall.picture")} /> : <span className="mall-picture is-large is-empty" aria-hidden><PictureOutlined /></span>}
        <Button loading={upload.isPending} onClick={() => input.current?.click()}>{t(value ? "mall.pictureChange" : "mall.pictureChoose")}</Button>
        {value ? <Button icon={<DeleteOutlined />} aria-label={t("mall.pictureRemove")} onClick={() => onChange?.(null)} /> : null}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/webp"
        aria-label={t("mall.picture")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) upload.mutate(file);
          event.target.value = "";
        }}
      />
      <ProblemAlert error={upload.error} />
    </div>
  );
}
