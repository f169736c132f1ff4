import { isAbsolute, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isZone } from "../kernel/days.ts";
import { readColumns, type Columns } from "./columns.ts";
import { wrongUse } from "./wrong-use.ts";

export interface Arguments {
  file: string;
  /** A server elsewhere; without it this checkout's own. */
  target: { url: string; key: string } | null;
  brand: string;
  store: string;
  channel: string;
  /** Of the dates in the file. */
  zone: string;
  columns: Columns;
  /** Where the list of rows goes that no order can hold. */
  listFolder: string;
}

export const USAGE = `npm run import:orders -- <file.csv | file.csv.gz> [options]
  --url http://127.0.0.1:8080 --key sk_…   a server and its API key (orders:write, orders:read, members:write, products:write);
                                          without them this checkout's own installation is used, and the brand is made
  --brand online-retail                   the brand in this checkout's installation
  --store ONLINE                          code of the store that the orders belong to
  --channel retail                        till, h5, mini-program, takeaway, pos or retail
  --zone Europe/London                    time zone of the dates in the file
  --map invoice=InvoiceNo,sku=StockCode,name=Description,quantity=Quantity,at=InvoiceDate,price=UnitPrice,customer=CustomerID,country=Country`;

const text = { type: "string" } as const;

export function readArguments(args: string[], folder: string, listFolder: string): Arguments {
  const { values, positionals } = parse(args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw wrongUse(`Name one file.\n${USAGE}`);
  if ((values.url === undefined) !== (values.key === undefined)) throw wrongUse("--url and --key go together");
  if (!isZone(values.zone)) throw wrongUse(`${values.zone} is not a time zone`);
  return {
    file: isAbsolute(file) ? file : resolve(folder, file), brand: values.brand, store: values.store, channel: values.channel, zone: values.zone,
    columns: readColumns(values.map), listFolder,
    target: values.url === undefined || values.key === undefined ? null : { url: values.url.replace(/\/+$/, ""), key: values.key },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args, allowPositionals: true,
      options: {
        url: text, key: text, map: text, brand: { ...text, default: "online-retail" }, store: { ...text, default: "ONLINE" },
        channel: { ...text, default: "retail" }, zone: { ...text, default: "Europe/London" },
      },
    });
  } catch (error) {
    throw wrongUse(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}
