import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { RefundCause, RefundPart } from '../api/prepaid.ts';
import { formatDay } from '../format/instants.ts';
import { formatYuan } from '../format/money.ts';
import { useText } from '../locale/locale.ts';
import { memberApi, newKey } from '../session/session.ts';
import { useResource } from '../session/useResource.ts';
import { Action } from './Action.tsx';
import { Facts } from './Facts.tsx';
import { ProblemNotice } from './Notice.tsx';
import { Segments } from './Segments.tsx';
import { Sheet } from './Sheet.tsx';
import { Skeleton } from './Skeleton.tsx';
import { toast, toastProblem } from './toast.ts';

export type RefundSheetProps = { quotePath: string; path: string; onClose: () => void; onSent: () => void };

const CAUSES: RefundCause[] = ['seven-day', 'consumer', 'merchant'];

/** What would go back, line by line, for the reason the guest gives; the sum that is shown is the sum that is asked for. */
export function RefundSheet({ quotePath, path, onClose, onSent }: RefundSheetProps) {
  const text = useText();
  const [cause, setCause] = useState<RefundCause>('seven-day');
  const [isBusy, setBusy] = useState(false);
  const key = useRef<{ wish: string; key: string } | null>(null);
  const quote = useResource(`refund.${quotePath}.${cause}`, () => memberApi.quoteRefund(quotePath, cause));
  const refundFen = quote.value?.refundFen ?? 0;
  const send = async () => {
    setBusy(true);
    const wish = `${path}/${cause}/${refundFen}`;
    if (key.current?.wish !== wish) key.current = { wish, key: newKey() };
    try {
      await memberApi.askRefund(path, cause, refundFen, key.current.key);
      toast(text.refund.sent);
      onSent();
      onClose();
    } catch (error) {
      toastProblem(error);
      void quote.reload();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet title={text.refund.title} onClose={onClose}>
      <View className="sheet-scroll">
        <Segments label={text.refund.title} value={cause} options={CAUSES.map((value) => ({ value, text: text.refund.causes[value] }))} onChoose={setCause} />
        <Text className="page-note">{text.refund.causeHints[cause]}</Text>
        {quote.value ? quote.value.parts.map((part) => <PartFacts key={part.sourceId} part={part} />) : null}
        {quote.value === null && quote.problem ? <ProblemNotice problem={quote.problem} onRetry={() => void quote.reload()} /> : null}
        {quote.value === null && !quote.problem ? <Skeleton rows={3} /> : null}
        <Text className="plan-terms">{text.refund.law}</Text>
      </View>
      <Action text={refundFen > 0 ? text.refund.submit(formatYuan(refundFen)) : text.refund.nothing} isDisabled={refundFen === 0} isBusy={isBusy} onTap={() => void send()} />
    </Sheet>
  );
}

function PartFacts({ part }: { part: RefundPart }) {
  const text = useText();
  const facts = part.steps.map((step) => ({
    name: text.refund.steps[step.code] ?? step.code,
    value: SILENT.has(step.code) ? '' : formatYuan(step.fen),
    ...(noteOf(step.count, step.denominator) ? { note: noteOf(step.count, step.denominator) } : {}),
    isStrong: step.code === 'refund',
  }));
  return (
    <View className="refund-part">
      <Text className="refund-head figures">{formatDay(part.at)}</Text>
      <Facts facts={facts} />
    </View>
  );
}

const SILENT = new Set(['owes-nothing', 'seven-days-over', 'known-before']);
const noteOf = (count: number | undefined, of: number | undefined): string => (count === undefined || of === undefined ? '' : `${count} / ${of}`);
