import { type SQL, sql } from "drizzle-orm";

/**
 * The price that the book has for a row at a time, as a LATERAL item of one row or none: that of the model itself
 * before that of `*`, the last that had begun by then, in its last revision.
 * @param row the name of a FROM item with `meter`, `provider` and `model`
 */
export function priceAt(row: string, at: SQL): SQL {
  const from = sql.identifier(row);
  return sql`(
    select id, nano_usd, per_units from prices
    where meter = ${from}.meter and provider = ${from}.provider and model in (${from}.model, '*')
      and effective_from <= ${at}
    order by model = ${from}.model desc, effective_from desc, revision desc limit 1
  )`;
}

/** What a quantity costs at a price, rounded half away from zero. */
export function amountOf(quantity: SQL, price: string): SQL {
  const at = sql.identifier(price);
  return sql`round(${quantity}::numeric * ${at}.nano_usd / ${at}.per_units)::bigint`;
}
