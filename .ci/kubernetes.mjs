// Checks every object of a file against the schema of its kind: node kubernetes.mjs FILE
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

/** The same object, which notes what of it is read. The schemas of Kubernetes let any key pass, and what none of them reads is misspelt. */
function watched(value, path, unread) {
    if (value === null || typeof value !== "object") {
        return value;
    }
    const inner = Array.isArray(value) ? [] : {};
    for (const [key, element] of Object.entries(value)) {
        const its = `${path}.${key}`;
        unread.add(its);
        inner[key] = watched(element, its, unread);
    }
    return new Proxy(inner, {
        get(target, key) {
            if (typeof key === "string") {
                unread.delete(`${path}.${key}`);
            }
            return target[key];
        },
    });
}

/** What is wrong with an object, in words. */
async function faults(object) {
    const [version, group = "core"] = object.apiVersion.split("/").reverse();
    const schema = ["IoK8sApi", group.split(".")[0], version, object.kind].map((part) => part[0].toUpperCase() + part.slice(1)).join("");
    const { validate } = await import(`kubernetes-models/_schemas/${schema}`);
    const unread = new Set();
    return validate(watched(object, "", unread))
        ? [...unread].map((path) => `${path} is not known`)
        : validate.errors.map((error) => `${error.instancePath} ${error.message ?? error.keyword}`);
}

let wrong = 0;
for (const document of parseAllDocuments(readFileSync(process.argv[2], "utf8"), { merge: true })) {
    const object = document.toJS();
    const found = await faults(object);
    console.log(`${object.kind} ${object.metadata?.name}: ${found.length === 0 ? "valid" : found.join("; ")}`);
    wrong += found.length;
}
process.exit(wrong === 0 ? 0 : 1);
