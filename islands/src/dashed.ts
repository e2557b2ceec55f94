// Edges drawn as dashes, for sigma: its own rectangle program with a pattern along the line, in pixels of the screen.
import { EdgeRectangleProgram } from "sigma/rendering";
import type { EdgeProgramType, ProgramInfo } from "sigma/rendering";
import type { RenderParams } from "sigma/types";

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_normal;
attribute float a_normalCoef;
attribute vec2 a_positionStart;
attribute vec2 a_positionEnd;
attribute float a_positionCoef;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_minEdgeThickness;
uniform vec2 u_resolution;
varying vec4 v_color;
varying float v_along;

void main() {
  vec2 position = mix(a_positionStart, a_positionEnd, a_positionCoef);
  float thickness = max(length(a_normal), u_minEdgeThickness * u_sizeRatio) * u_correctionRatio / u_sizeRatio;
  vec2 normal = normalize(a_normal) * a_normalCoef;
  gl_Position = vec4((u_matrix * vec3(position + normal * thickness, 1)).xy, 0, 1);
  vec2 start = (u_matrix * vec3(a_positionStart, 1)).xy;
  vec2 end = (u_matrix * vec3(a_positionEnd, 1)).xy;
  v_along = a_positionCoef * length((end - start) * u_resolution * 0.5);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

/** A program whose lines are drawn for the first `drawn` of every `period` pixels. The gaps can be pointed at too. */
export function dashed(drawn: number, period: number): EdgeProgramType {
  const fragment = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying float v_along;

void main(void) {
  #ifndef PICKING_MODE
  if (mod(v_along, ${period.toFixed(1)}) > ${drawn.toFixed(1)}) discard;
  #endif
  gl_FragColor = v_color;
}`;
  return class extends EdgeRectangleProgram {
    override getDefinition(): ReturnType<EdgeRectangleProgram["getDefinition"]> {
      const definition = super.getDefinition();
      return {
        ...definition,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: fragment,
        UNIFORMS: [...definition.UNIFORMS, "u_resolution"] as unknown as typeof definition.UNIFORMS,
      };
    }

    override setUniforms(params: RenderParams, info: ProgramInfo): void {
      super.setUniforms(params, info);
      const { gl, uniformLocations } = info as ProgramInfo & { uniformLocations: Record<string, WebGLUniformLocation> };
      gl.uniform2f(uniformLocations["u_resolution"] ?? null, params.width, params.height);
    }
  } as unknown as EdgeProgramType;
}
