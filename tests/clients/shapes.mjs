// Write the shape of every answer that @jellyfin/sdk knows, as JSON Schema made from its generated types.
//
// The keys are calls as the SDK sends them, `GET /Items/{itemId}/Ancestors`. A call that answers nothing or a file
// has "none" or "file" instead of a schema.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';

import ts from 'typescript';
import { createGenerator } from 'ts-json-schema-generator';

const here = fileURLToPath(new URL('.', import.meta.url));
const client = join(here, 'node_modules/@jellyfin/sdk/lib/generated-client');
const WITHOUT_SCHEMA = { void: 'none', File: 'file' };

// What a method's generated code would call: the SDK's own requests are made from these two texts.
const requestOf = (method) => {
    const code = method.toString();
    const [, path] = code.match(/localVarPath = `([^`]+)`/);
    const [, verb] = code.match(/method: '([A-Z]+)'/);
    return `${verb} ${path}`;
};

// The type argument of AxiosPromise in what the method of the same name in `…Fp` returns, as it is written.
const answersOf = (source) => {
    const answers = new Map();
    const visit = (node, name) => {
        if (ts.isMethodSignature(node)) {
            name = node.name.text;
        }
        if (name && ts.isTypeReferenceNode(node) && node.typeName.getText(source) === 'AxiosPromise') {
            answers.set(name, node.typeArguments[0].getText(source));
        }
        ts.forEachChild(node, (child) => visit(child, name));
    };
    for (const statement of source.statements) {
        if (ts.isVariableStatement(statement) && /Fp: /.test(statement.getText(source))) {
            visit(statement);
        }
    }
    return answers;
};

const callsOf = async (file) => {
    const path = join(client, 'api', file);
    const module = await import(pathToFileURL(path));
    const [, makeCreator] = Object.entries(module).find(([name]) => name.endsWith('AxiosParamCreator'));
    const declared = ts.sys.readFile(path.replace(/\.js$/, '.d.ts'));
    const answers = answersOf(ts.createSourceFile(file, declared, ts.ScriptTarget.Latest));
    return Object.entries(makeCreator()).map(([name, method]) => [requestOf(method), answers.get(name)]);
};

const schemaOf = async (calls) => {
    const folder = await mkdtemp(join(here, 'shapes-'));
    try {
        const path = join(folder, 'answers.ts');
        const members = calls.map(([call, answer]) => `    '${call}': ${answer.replace(/\b([A-Z]\w+)\b/g, (name) =>
            name === 'Array' ? name : `models.${name}`)};`);
        const imported = "import type * as models from '@jellyfin/sdk/lib/generated-client/models/index.js';";
        await writeFile(path, [imported, 'export interface Answers {', ...members, '}', ''].join('\n'));
        return createGenerator({ path, type: 'Answers', skipTypeCheck: true, topRef: false }).createSchema('Answers');
    } finally {
        await rm(folder, { recursive: true });
    }
};

const files = (await readdir(join(client, 'api'))).filter((name) => name.endsWith('-api.js'));
const calls = (await Promise.all(files.map(callsOf))).flat();
const { definitions, properties } = await schemaOf(calls.filter(([, answer]) => !(answer in WITHOUT_SCHEMA)));
const shapes = Object.fromEntries(calls.map(([call, answer]) => [call, WITHOUT_SCHEMA[answer] ?? properties[call]]));
process.stdout.write(JSON.stringify({ definitions, shapes }));
