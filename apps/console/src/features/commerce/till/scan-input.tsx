import { BarcodeOutlined, UserOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type KeyboardEvent, type Ref, useDeferredValue, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemSentence } from "../../../api/problem.ts";
import { formatFen } from "../../../design/money.ts";
import { useCan } from "../../../shell/session.ts";
import { QuickRegister } from "../../customers/quick-register.tsx";
import type { Product } from "../product.ts";
import type { CartAction } from "./cart.ts";
import { findScanned, searchMembers, searchProducts } from "./lookup.ts";
import { readScan } from "./scan.ts";

interface Props {
  ref: Ref<HTMLInputElement>;
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

export function ScanInput({ ref, change, couponsInQuote, isFindingMember, onMemberFound }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const [text, setText] = useState("");
  const [active, setActive] = useState(-1);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ sentence: string; phone?: string } | null>(null);
  const [isRegistering, setRegistering] = useState(false);
  const finish = () => {
    setText("");
    setActive(-1);
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
  useEffect(() => setActive(isFindingMember && suggestions.length ? 0 : -1), [suggestions.length, isFindingMember]);

  const submit = async () => {
    const chosen = suggestions[active];
    if (chosen) return chosen.choose();
    const scan = readScan(text);
    if (scan.kind === "empty") return;
    if (scan.kind === "quantity") {
      change({ kind: "quantity", to: scan.quantity });
      return finish();
    }
    setBusy(true);
    try {
      const guesses = isFindingMember ? (["member-code", "phone", "member-no"] as const).filter((guess) => guess !== "phone" || scan.guesses.includes("phone")) : scan.guesses;
      const found = await findScanned({ ...scan, guesses: [...guesses] });
      if (found.kind === "product") return addProduct(found.product, scan.quantity);
      if (found.kind === "products") return setActive(0);
      if (found.kind === "member") {
        change({ kind: "member", member: found.member });
        onMemberFound();
        return finish();
      }
      if (found.kind === "coupon") {
        change({ kind: "coupon", couponId: found.couponId, inQuote: couponsInQuote });
        return finish();
      }
      const isPhone = scan.guesses[0] === "phone";
      setRefusal({ sentence: found.problem ? problemSentence(t, found.problem) : t(isPhone ? "till.noMember" : "till.notFound", { text: scan.text }), ...(isPhone && { phone: scan.text }) });
    } catch (error) {
      setRefusal({ sentence: problemSentence(t, error) });
    } finally {
      setBusy(false);
    }
  };

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter") void submit();
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
          aria-busy={isBusy}
          placeholder={isFindingMember ? t("till.findMemberHint") : t("till.scanHint")}
          onChange={(event) => { setText(event.target.value); setRefusal(null); }}
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
  const paused = useDeferredValue(usePaused(text));
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

function usePaused(text: string): string {
  const [paused, setPaused] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return text === "" ? "" : paused;
}
