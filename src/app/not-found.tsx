import { NoSuchPage } from "../console/states/no-such-page.tsx";

/** The page for addresses that lead nowhere. */
export default function NotFound() {
  return <NoSuchPage />;
}
