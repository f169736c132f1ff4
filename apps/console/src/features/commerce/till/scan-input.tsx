import { BarcodeOutlined, UserOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type KeyboardEvent, type Ref, useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemSentence } from "../../../api/problem.ts";
import { formatFen } from "../../../design/money.ts";
import { usePaused } from "../../../design/paused.ts";
import { useCan } from "../../../shell/session.ts";
import { QuickRegister } from "../../customers/quick-register.tsx";
import type { Product } from "../product.ts";
import type { CartAction } from "./cart.ts";
import { findScanned, searchMembers, searchProducts } from "./lookup.ts";
import { readScan, type Scan } from "./scan.ts";

interface Props {
  ref: Ref<HTMLInputElement>;
  storeId: string;
  change: (action: CartAction) => void;
  couponsInQuote: string[];
  isFindingMember: boolean;
  onMemberFound: () => void;
}

interface Suggestion {
  key: string;
  title: string;
  note: string;
  choose: () => void;
}

/** A scanner types a whole code within this time; suggestions wait so that they never race it. */
const typingPauseMs = 180;

export function ScanInput({ ref, storeId, change, couponsInQuote, isFindingMember, onMemberFound }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const [text, setText] = useState("");
  const [active, setActive] = useState(-1);
  const [isChoosing, setChoosing] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const queue = useRef(Promise.resolve());
  const [refusal, setRefusal] = useState<{ sentence: string; phone?: string } | null>(null);
  const [isRegistering, setRegistering] = useState(false);
  const finish = () => {
    setText("");
    setActive(-1);
    setChoosing(false);
    setRefusal(null);
  };
  const addProduct = (product: Product, quantity: number) => {
    change({ kind: "add", product, quantity });
    finish();
  };
  const suggestions = useSuggestions(text, isFindingMember, {
    onProduct: addProduct,
    onMember: (member) => {
      change({ kind: "member", member });
      finish();
      onMemberFound();
    },
  });
  useEffect(() => setActive((isFindingMember || isChoosing) && suggestions.length ? 0 : -1), [suggestions.length, isFindingMember, isChoosing]);

  const act = async (scan: Exclude<Scan, { kind: "empty" }>, asTyped: string) => {
    if (scan.kind === "quantity") return change({ kind: "quantity", to: scan.quantity });
    const guesses = isFindingMember ? (["member-code", "phone", "member-no"] as const).filter((guess) => guess !== "phone" || scan.guesses.includes("phone")) : scan.guesses;
    const found = await findScanned({ ...scan, guesses: [...guesses] }, storeId);
    if (found.kind === "product") return change({ kind: "add", product: found.product, quantity: scan.quantity });
    if (found.kind === "coupon") return change({ kind: "coupon", couponId: found.couponId, inQuote: couponsInQuote });
    if (found.kind === "member") {
      change({ kind: "member", member: found.member });
      return onMemberFound();
    }
    if (found.kind === "products") {
      // One of several is left to be chosen: the line comes back, unless the next one stands there already.
      setText((now) => (now === "" ? asTyped : now));
      return setChoosing(true);
    }
    const isPhone = scan.guesses[0] === "phone";
    setRefusal({ sentence: found.problem ? problemSentence(t, found.problem) : t(isPhone ? "till.noMember" : "till.notFound", { text: scan.text }), ...(isPhone && { phone: scan.text }) });
  };
  const submit = () => {
    const chosen = suggestions[active];
    if (chosen) return chosen.choose();
    const scan = readScan(text);
    if (scan.kind === "empty") return;
    finish();
    setWaiting((count) => count + 1);
    // A scanner does not wait for the network: the field is free for the next code, and the answers come in order.
    queue.current = queue.current.then(() => act(scan, text)).catch((error: unknown) => setRefusal({ sentence: `「${text}」${problemSentence(t, error)}` })).finally(() => setWaiting((count) => count - 1));
  };

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter") submit();
    else if (event.key === "Escape") finish();
    else if (move && suggestions.length) setActive((active + move + suggestions.length) % suggestions.length);
    else if (move && text === "") change({ kind: "select", by: move });
    else if (text === "" && (event.key === "+" || event.key === "=")) change({ kind: "quantity", by: 1 });
    else if (text === "" && event.key === "-") change({ kind: "quantity", by: -1 });
    else if (text === "" && event.key === "Delete") change({ kind: "remove" });
    else return;
    if (event.key !== "Escape") event.preventDefault();
  };

  return (
    <div className="scan">
      <div className={isFindingMember ? "scan-field is-member" : "scan-field"}>
        {isFindingMember ? <UserOutlined /> : <BarcodeOutlined />}
        <input
          ref={ref}
          value={text}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="done"
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls="scan-suggestions"
          aria-autocomplete="list"
          {...(active >= 0 && { "aria-activedescendant": `scan-${active}` })}
          aria-label={isFindingMember ? t("till.findMember") : t("till.scan")}
          aria-busy={waiting > 0}
          placeholder={isFindingMember ? t("till.findMemberHint") : t("till.scanHint")}
          onChange={(event) => { setText(event.target.value); setRefusal(null); setChoosing(false); }}
          onKeyDown={press}
        />
      </div>
      <div id="scan-suggestions" role="listbox" aria-label={t("till.suggestions")} className="scan-suggestions" hidden={suggestions.length === 0}>
        {suggestions.map((one, index) => (
          <div key={one.key} id={`scan-${index}`} role="option" tabIndex={-1} aria-selected={index === active} className={index === active ? "is-active" : ""} onMouseDown={(event) => { event.preventDefault(); one.choose(); }}>
            <span>{one.title}</span><span className="soft">{one.note}</span>
          </div>
        ))}
      </div>
      <div role="alert" className="scan-refusal" hidden={!refusal}>
        {refusal?.sentence}
        {refusal?.phone && can("members.write") ? <Button type="link" onClick={() => setRegistering(true)}>{t("till.registerPhone", { phone: refusal.phone })}</Button> : null}
      </div>
      <QuickRegister isOpen={isRegistering} onClose={() => setRegistering(false)} {...(refusal?.phone && { phone: refusal.phone })} onDone={(member) => { change({ kind: "member", member }); finish(); onMemberFound(); }} />
    </div>
  );
}

interface Choices {
  onProduct: (product: Product, quantity: number) => void;
  onMember: (member: { id: string; memberNo: string; name: string | null }) => void;
}

function useSuggestions(text: string, isFindingMember: boolean, { onProduct, onMember }: Choices): Suggestion[] {
  const paused = useDeferredValue(usePaused(text, typingPauseMs));
  const scan = readScan(paused);
  const query = scan.kind === "query" ? scan : null;
  const isCode = /^\d{8,}$/.test(query?.text ?? "") || (query?.text.length ?? 0) > 24;
  const products = useQuery({ queryKey: ["till-products", query?.text], queryFn: ({ signal }) => searchProducts(query?.text ?? "", signal), enabled: Boolean(query) && !isFindingMember && !isCode });
  const members = useQuery({ queryKey: ["till-members", query?.text], queryFn: ({ signal }) => searchMembers(query?.text ?? "", signal), enabled: Boolean(query) && isFindingMember && (query?.text.length ?? 0) > 1 });
  if (!query || text.trim() === "") return [];
  if (isFindingMember) {
    return (members.data?.items ?? []).map((member) => ({ key: member.id, title: `${member.name ?? "—"} ${member.tier?.name ?? ""}`, note: member.phoneMasked ?? member.memberNo, choose: () => onMember(member) }));
  }
  if (isCode) return [];
  return (products.data?.items ?? []).filter((product) => product.isActive).map((product) => ({ key: product.id, title: product.name, note: `${product.sku} · ${formatFen(product.unitPriceFen)}`, choose: () => onProduct(product, query.quantity) }));
}
