import { redirect } from "next/navigation";

/** The console begins with its files. */
export default function HomePage() {
  redirect("/files");
}
