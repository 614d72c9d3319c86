/** The shortest password, in characters; the server holds it too. */
const shortest = 12;

/** What a new password must be; null where it is. */
export function passwordCheck(password: string): string | null {
  return password.length < shortest ? `It has ${password.length} of at least ${shortest} characters` : null;
}

/** What the form of an invitation must have; null where it has. */
export const joinChecks = {
  name: (name: string) => (name.trim() === "" ? "What are you called?" : null),
  email: (email: string) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? null : "This is no e-mail address"),
  password: passwordCheck,
};
