import {
  AndNode, BinaryOperationNode, ColumnNode, IdentifierNode, OnNode, OperationNodeTransformer, OperatorNode,
  PrimitiveValueListNode, ReferenceNode, TableNode, ValueListNode, ValueNode, ValuesNode, WhereNode, AliasNode,
  type DeleteQueryNode, type InsertQueryNode, type JoinNode, type KyselyPlugin, type OperationNode, type PluginTransformQueryArgs,
  type PluginTransformResultArgs, type QueryResult, type RootOperationNode, type SelectQueryNode, type UnknownRow, type UpdateQueryNode,
} from "kysely";
import { tenantTables } from "./tables.gen.ts";

/**
 * The first of the three fences: adds `tenant_id = $n` as a bound parameter to every tenant table in every statement, in
 * joins and subqueries too, and the tenant's id to every inserted row. (Row level security and the keys are the others.)
 * A bound parameter is also what lets Citus route a statement to one shard.
 */
export class TenantFence implements KyselyPlugin {
  readonly #transformer: FenceTransformer;

  constructor(tenantId: string) {
    this.#transformer = new FenceTransformer(tenantId);
  }

  transformQuery(args: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(args.node);
  }

  async transformResult(args: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return args.result;
  }
}

/** The name by which a fenced table is known in its statement, or nothing for CTEs, functions and system tables. */
function fencedName(node: OperationNode): TableNode | undefined {
  if (AliasNode.is(node) && IdentifierNode.is(node.alias)) {
    return fencedName(node.node) ? TableNode.create(node.alias.name) : undefined;
  }
  if (!TableNode.is(node)) return undefined;
  const { schema, identifier } = node.table;
  return schema && tenantTables.has(`${schema.name}.${identifier.name}`) ? node : undefined;
}

class FenceTransformer extends OperationNodeTransformer {
  readonly #tenantId: string;

  constructor(tenantId: string) {
    super();
    this.#tenantId = tenantId;
  }

  #isTenants(table: TableNode): OperationNode {
    return BinaryOperationNode.create(
      ReferenceNode.create(ColumnNode.create("tenant_id"), table), OperatorNode.create("="), ValueNode.create(this.#tenantId),
    );
  }

  #where(where: WhereNode | undefined, nodes: readonly OperationNode[]): WhereNode | undefined {
    let fenced = where;
    for (const node of nodes) {
      const table = fencedName(node);
      if (!table) continue;
      const predicate = this.#isTenants(table);
      fenced = fenced ? WhereNode.create(AndNode.create(predicate, fenced.where)) : WhereNode.create(predicate);
    }
    return fenced;
  }

  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    const query = super.transformSelectQuery(node);
    const where = this.#where(query.where, query.from?.froms ?? []);
    return where ? { ...query, where } : query;
  }

  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    const query = super.transformUpdateQuery(node);
    const where = this.#where(query.where, [...(query.table ? [query.table] : []), ...(query.from?.froms ?? [])]);
    return where ? { ...query, where } : query;
  }

  protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
    const query = super.transformDeleteQuery(node);
    const where = this.#where(query.where, [...query.from.froms, ...(query.using?.tables ?? [])]);
    return where ? { ...query, where } : query;
  }

  protected override transformJoin(node: JoinNode): JoinNode {
    const join = super.transformJoin(node);
    const table = fencedName(join.table);
    if (!table) return join;
    const predicate = this.#isTenants(table);
    return { ...join, on: join.on ? OnNode.create(AndNode.create(predicate, join.on.on)) : OnNode.create(predicate) };
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const query = super.transformInsertQuery(node);
    if (!query.into || !fencedName(query.into) || !query.columns || !query.values || !ValuesNode.is(query.values)) return query;
    if (query.columns.some((column) => column.column.name === "tenant_id")) return query;
    const values = query.values.values.map((row) =>
      PrimitiveValueListNode.is(row)
        ? PrimitiveValueListNode.create([this.#tenantId, ...row.values])
        : ValueListNode.create([ValueNode.create(this.#tenantId), ...row.values]),
    );
    return { ...query, columns: [ColumnNode.create("tenant_id"), ...query.columns], values: ValuesNode.create(values) };
  }
}
