"use client";

import { createContext, useContext } from "react";

/** What any page can ask of the uploads. */
export interface Uploads {
  /** Opens the dialog in which files and their project are chosen. */
  readonly chooseFiles: () => void;
  /** Starts uploads into the project that is chosen at the time. */
  readonly send: (files: readonly File[]) => void;
  /** The project that the next upload goes to; null while none is known. */
  readonly project: string | null;
}

export const UploadsContext = createContext<Uploads | null>(null);

/** @throws TypeError outside of UploadCenter */
export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (uploads === null) throw new TypeError("useUploads needs an UploadCenter above it.");
  return uploads;
}
