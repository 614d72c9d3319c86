import classes from "./word-mark.module.css";

/** The name of the product, set as the stamp on a waybill; `compact`: where it is narrow the stamp alone. */
export function WordMark({ compact = false }: { compact?: boolean }) {
  return (
    <span className={classes.mark}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
        <path
          d="M2.5 4.5 5.8 15.5 10 7.5 14.2 15.5 17.5 4.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        <circle cx="10" cy="7.5" r="1.9" fill="var(--wb-accent)" />
      </svg>
      <span className={compact ? classes.word : undefined}>Waybill</span>
    </span>
  );
}
