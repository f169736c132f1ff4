import { exactOf, isCancelled, type Exact, type Row } from "./row.ts";

/** The figures of a file, or of the part of it that stayed out, or of what a server holds. */
export interface Figures {
  rows: number;
  invoices: number;
  skus: number;
  names: number;
  customers: number;
  rowsWithoutCustomer: number;
  countries: number;
  rowsCancelled: number;
  sum: Exact;
  /** Rows with a customer, not cancelled, quantity and price above zero. */
  clean: { rows: number; customers: number; invoices: number; sum: Exact };
}

interface ProductFound {
  name: string;
  price: Exact;
}

/** What one reading of rows finds. Its memory grows with invoices, products and customers, not with rows. */
export class Survey {
  /** How many rows each invoice has: when all have come, it is complete, however far apart they stand. */
  readonly rowsOfInvoice = new Map<string, { count: number }>();
  /** The last name and price that each product was sold with. */
  readonly products = new Map<string, ProductFound>();
  /** When each customer first bought, as the file has it. */
  readonly customers = new Map<string, string>();
  readonly names = new Set<string>();
  readonly countries = new Set<string>();
  first = "";
  last = "";
  readonly #cleanCustomers = new Set<string>();
  readonly #cleanInvoices = new Set<string>();
  #invoice: { number: string; known: { count: number }; isClean: boolean } | undefined;
  readonly #sums = { rows: 0, rowsWithoutCustomer: 0, rowsCancelled: 0, sum: 0, cleanRows: 0, cleanSum: 0 };

  add(row: Row): void {
    const sums = this.#sums;
    const isClean = row.customer !== "" && row.quantity > 0 && row.price > 0 && !isCancelled(row);
    sums.rows++;
    sums.sum += exactOf(row);
    if (isCancelled(row)) sums.rowsCancelled++;
    if (row.customer === "") sums.rowsWithoutCustomer++;
    if (isClean) {
      sums.cleanRows++;
      sums.cleanSum += exactOf(row);
    }
    this.#learnProduct(row);
    if (row.name !== "") this.names.add(row.name);
    this.#learnInvoice(row, isClean);
  }

  figures(): Figures {
    const { rows, rowsWithoutCustomer, rowsCancelled, sum, cleanRows, cleanSum } = this.#sums;
    return {
      rows, rowsWithoutCustomer, rowsCancelled, sum, invoices: this.rowsOfInvoice.size, skus: this.products.size, names: this.names.size,
      customers: this.customers.size, countries: this.countries.size,
      clean: { rows: cleanRows, sum: cleanSum, customers: this.#cleanCustomers.size, invoices: this.#cleanInvoices.size },
    };
  }

  /** How much of what the whole has, this part has and the other has not: what stayed out altogether. */
  missingFrom(sent: Survey): Pick<Figures, "skus" | "names" | "customers" | "countries" | "invoices"> {
    const beyond = (own: Iterable<string>, other: { has(key: string): boolean }) => [...own].filter((key) => !other.has(key)).length;
    return {
      skus: beyond(this.products.keys(), sent.products), names: beyond(this.names, sent.names), customers: beyond(this.customers.keys(), sent.customers),
      countries: beyond(this.countries, sent.countries), invoices: beyond(this.rowsOfInvoice.keys(), sent.rowsOfInvoice),
    };
  }

  /** What rows of one invoice have in common is looked up once for those that stand together. */
  #learnInvoice(row: Row, isClean: boolean): void {
    const { invoice, customer, country, at } = row;
    if (this.#invoice?.number !== invoice) {
      const known = this.rowsOfInvoice.get(invoice) ?? { count: 0 };
      this.rowsOfInvoice.set(invoice, known);
      this.#invoice = { number: invoice, known, isClean: false };
    }
    const last = this.#invoice;
    last.known.count++;
    if (isClean && !last.isClean) {
      last.isClean = true;
      this.#cleanInvoices.add(invoice);
    }
    if (isClean) this.#cleanCustomers.add(customer);
    if (country !== "") this.countries.add(country);
    if (at !== "" && (this.first === "" || at < this.first)) this.first = at;
    if (at > this.last) this.last = at;
    const since = customer === "" ? undefined : this.customers.get(customer);
    if (customer !== "" && (since === undefined || since === "" || (at !== "" && at < since))) this.customers.set(customer, at);
  }

  #learnProduct({ sku, name, price }: Row): void {
    const known = this.products.get(sku);
    if (!known) this.products.set(sku, { name, price: Math.max(0, price || 0) });
    else if (price > 0 && name !== "") Object.assign(known, { name, price });
    else if (known.name === "") known.name = name;
  }
}
