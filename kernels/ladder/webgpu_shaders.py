"""The programs that WebGPU runs: WGSL text for matrix times matrix and matrix times vector."""

from __future__ import annotations

TILE = 64
"""A workgroup makes TILE x TILE numbers of C."""

DEPTH = 16
"""How much of k lies in a workgroup's own memory at a time."""

SIDE = 16
"""A workgroup has SIDE x SIDE invocations; each makes (TILE / SIDE) x (TILE / SIDE) numbers."""

LANES = 64
"""Invocations that share one row of a matrix times a vector."""

_OPERANDS = """
struct Sizes { m: u32, n: u32, k: u32, rows: u32 }
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> sizes: Sizes;
"""

GEMM = f"""{_OPERANDS}
const TILE = {TILE}u;
const DEPTH = {DEPTH}u;
const SIDE = {SIDE}u;
const EACH = {TILE // SIDE}u;
// One column more than needed, so that neighbours do not read from the same bank.
var<workgroup> a_tile: array<array<f32, {TILE + 1}>, {DEPTH}>;
var<workgroup> b_tile: array<array<f32, {TILE}>, {DEPTH}>;

@compute @workgroup_size({SIDE}, {SIDE})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {{
    let first_row = group.y * TILE;
    let first_column = group.x * TILE;
    let lane = local.y * SIDE + local.x;
    var sums: array<array<f32, EACH>, EACH>;
    for (var step = 0u; step < sizes.k; step += DEPTH) {{
        // 1. Both tiles into the workgroup's memory; outside the matrices both are 0.
        for (var index = lane; index < TILE * DEPTH; index += SIDE * SIDE) {{
            let row = first_row + index / DEPTH;
            let depth = step + index % DEPTH;
            var value = 0.0;
            if (row < sizes.m && depth < sizes.k) {{ value = a[row * sizes.k + depth]; }}
            a_tile[index % DEPTH][index / DEPTH] = value;
        }}
        for (var index = lane; index < TILE * DEPTH; index += SIDE * SIDE) {{
            let depth = step + index / TILE;
            let column = first_column + index % TILE;
            var value = 0.0;
            if (depth < sizes.k && column < sizes.n) {{ value = b[depth * sizes.n + column]; }}
            b_tile[index / TILE][index % TILE] = value;
        }}
        workgroupBarrier();
        // 2. Each invocation adds to its own numbers of C, kept in registers.
        for (var depth = 0u; depth < DEPTH; depth++) {{
            var column_values: array<f32, EACH>;
            for (var j = 0u; j < EACH; j++) {{ column_values[j] = b_tile[depth][j * SIDE + local.x]; }}
            for (var i = 0u; i < EACH; i++) {{
                let row_value = a_tile[depth][i * SIDE + local.y];
                for (var j = 0u; j < EACH; j++) {{ sums[i][j] += row_value * column_values[j]; }}
            }}
        }}
        workgroupBarrier();
    }}
    // 3. Back to memory, without what lies outside C.
    for (var i = 0u; i < EACH; i++) {{
        for (var j = 0u; j < EACH; j++) {{
            let row = first_row + i * SIDE + local.y;
            let column = first_column + j * SIDE + local.x;
            if (row < sizes.m && column < sizes.n) {{ c[row * sizes.n + column] = sums[i][j]; }}
        }}
    }}
}}
"""
"""c (m, n) = a (m, k) b (k, n): tiles of A and B in the workgroup's memory, tiles of C in registers."""

GEMV = f"""{_OPERANDS}
const LANES = {LANES}u;
var<workgroup> parts: array<f32, {LANES}>;

@compute @workgroup_size({LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {{
    let row = group.y * sizes.rows + group.x;
    var sum = 0.0;
    if (row < sizes.m) {{
        // Neighbours read neighbours, so that each access to memory serves all of them.
        for (var depth = local.x; depth < sizes.k; depth += LANES) {{
            sum += a[row * sizes.k + depth] * b[depth];
        }}
    }}
    parts[local.x] = sum;
    workgroupBarrier();
    for (var half = LANES / 2u; half > 0u; half /= 2u) {{
        if (local.x < half) {{ parts[local.x] += parts[local.x + half]; }}
        workgroupBarrier();
    }}
    if (local.x == 0u && row < sizes.m) {{ c[row] = parts[0]; }}
}}
"""
"""c (m) = a (m, k) b (k): one workgroup for each row."""
