/**
 * A row to join in a statement that need not reach the disk before it is answered: should Postgres crash
 * within the next fraction of a second, the delivery that it was about is made again, never lost. What a
 * client was told is stored is always flushed.
 */
export const withoutFlush = "(SELECT set_config('synchronous_commit', 'off', true)) AS without_flush";
