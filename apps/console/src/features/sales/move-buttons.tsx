import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { useCan, useSession } from "../../shell/session.ts";
import type { Looker, Move } from "./standing.ts";

export function useLooker(hasOtherPool: boolean): Looker {
  const { staff } = useSession();
  const can = useCan();
  return { staffId: staff.id, canClaim: can("seas.claim"), canAssign: can("seas.assign"), hasOtherPool };
}

interface Props {
  moves: readonly Move[];
  onMove: (move: Move) => void;
  isMoving?: boolean;
  /** Until when this person may not claim it again. */
  coolDownUntil?: string | null;
  size?: "small" | "middle";
  /** How many are buttons; the others are behind one more. */
  most?: number;
}

/** What may be done, the first of it as buttons. */
export function MoveButtons({ moves, onMove, isMoving = false, coolDownUntil = null, size = "small", most = 2 }: Props) {
  const { t } = useTranslation();
  const clock = useClock();
  const [shown, rest] = moves.length > most ? [moves.slice(0, most), moves.slice(most)] : [moves, []];
  if (moves.length === 0) return null;
  return (
    <div className="sea-moves">
      {shown.map((move, at) => {
        const isCooling = move === "claim" && coolDownUntil !== null;
        return (
          <Button key={move} size={size} type={move === "claim" ? "primary" : "default"} loading={at === 0 && isMoving} disabled={isMoving || isCooling} onClick={() => onMove(move)}>
            {isCooling ? t("sea.coolingUntil", { on: clock.day(coolDownUntil) }) : t(`sea.move.${move}`)}
          </Button>
        );
      })}
      {rest.length > 0 ? (
        <Dropdown trigger={["click"]} menu={{ items: rest.map((move) => ({ key: move, label: t(`sea.move.${move}`) })), onClick: ({ key }) => onMove(key as Move) }}>
          <Button size={size} disabled={isMoving}>{t("sea.more")} <DownOutlined /></Button>
        </Dropdown>
      ) : null}
    </div>
  );
}
