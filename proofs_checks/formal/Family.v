(* All matrices of a class at once: the claims by a lemma, and the lemma farkas of FORMAT.md. *)
From Exactdyn Require Export Rules.
Import ListNotations.
Open Scope Q_scope.

Inductive class := General | Symmetric | Semidefinite | Definite | SemidefinitePart | DefinitePart.
Definition admits (c : class) (s : system) : Prop :=
  match c with
  | General => True | Symmetric => symmetric s
  | Semidefinite => symmetric s /\ positive_semidefinite s | Definite => symmetric s /\ positive_definite s
  | SemidefinitePart => positive_semidefinite s | DefinitePart => positive_definite s
  end.
Definition is_definite c := match c with General | Symmetric => false | _ => true end.
Definition is_strict c := match c with Definite | DefinitePart => true | _ => false end.

Lemma admits_semi c s : is_definite c = true -> admits c s -> positive_semidefinite s.
Proof.
  assert (K : positive_definite s -> positive_semidefinite s).
  { intros H x. destruct (same_dec s x (fun _ => 0)) as [E|E]; [|apply Qlt_le_weak, H, E].
    rewrite (form_ext s _ _ _ _ E E). unfold form, dot. rewrite sum_0; [lra|]. intros; ring. }
  destruct c; simpl; try discriminate; intros _; tauto.
Qed.
Lemma admits_strict c s : is_strict c = true -> admits c s -> positive_definite s.
Proof. destruct c; simpl; try discriminate; tauto. Qed.

(* claims about all matrices of a class in every dimension, all tokens, all alpha >= 0 *)
Inductive everywhere := AllHull | AllNorm | AllPersist | AllApart | AllExtreme.
Definition statement (e : everywhere) (s : system) (scope : option nat) : Prop :=
  match e with AllHull => hull_shrinkage s scope | AllNorm => norm_growth s scope | AllPersist => leaders_persist s scope
             | AllApart => distinctness_preserved s scope | AllExtreme => leaders_extreme s scope end.
Definition by_lemma (e : everywhere) (c : class) : bool :=
  match e with AllNorm => match c with Definite => true | _ => false end | AllApart => is_definite c | _ => true end.
Theorem by_lemma_ok e c s : by_lemma e c = true -> 0 <= alpha s -> admits c s -> statement e s None.
Proof.
  intros H Ha Hc. assert (T0 : 0 <= tau s) by (unfold tau; apply Qle_shift_div_l; lra).
  assert (T1 : tau s < 1) by (unfold tau; apply Qlt_shift_div_r; lra).
  destruct e; simpl in *.
  - intros k _ x. apply (convex_step s (run s k)); lra.
  - destruct c; try discriminate. destruct Hc. apply norm_growth_lemma; assumption.
  - apply leaders_persist_lemma; assumption.
  - apply no_collision; [assumption..|]. exact (admits_semi c s H Hc).
  - apply leaders_extreme_lemma; assumption.
Qed.

(* a family: base + sum x_p B_p *)
Record family := { f_class : class; f_base : list (list Q); f_span : list (list (list Q)); f_alpha : Q; f_tokens : list (list Q) }.
Definition member (f : family) (x : nat -> Q) : system :=
  System (length (f_base f)) (length (f_tokens f))
    (fun i j => entry (f_base f) i j + sum (length (f_span f)) (fun p => x p * entry (nth p (f_span f) []) i j))
    (f_alpha f) (entry (f_tokens f)).

(* <Bx, y> for a matrix given as a list *)
Definition total (d : nat) (B : list (list Q)) (x y : vector) : Q := reduced_sum d (fun r => reduced_dot d (entry B r) x * y r).
Lemma member_form f x u v : form (member f x) u v ==
  total (length (f_base f)) (f_base f) u v + sum (length (f_span f)) (fun p => x p * total (length (f_base f)) (nth p (f_span f) []) u v).
Proof.
  set (d := length (f_base f)).
  assert (T : forall B, total d B u v == sum d (fun r => sum d (fun t => entry B r t * u t * v r))).
  { intros B. unfold total. rewrite sumr_ok. apply sum_ext. intros r _. unfold reduced_dot. rewrite sumr_ok, <- sum_scal_r. reflexivity. }
  rewrite form_double. cbn [dim A member]. fold d. rewrite T.
  rewrite (sum_ext (length (f_span f)) _ (fun p => sum d (fun r => sum d (fun t => x p * (entry (nth p (f_span f) []) r t * u t * v r))))).
  2:{ intros p _. rewrite T, <- sum_scal. apply sum_ext. intros r _. rewrite <- sum_scal. reflexivity. }
  rewrite (sum_swap (length (f_span f)) d), <- sum_plus. apply sum_ext. intros r _.
  rewrite (sum_swap (length (f_span f)) d), <- sum_plus. apply sum_ext. intros t _.
  rewrite (sum_ext (length (f_span f)) (fun p => x p * (entry (nth p (f_span f) []) r t * u t * v r)) (fun p => x p * entry (nth p (f_span f) []) r t * (u t * v r))) by (intros; ring).
  rewrite sum_scal_r. ring.
Qed.

(* a term (w, u, v) stands for w <Au, v>; an assumption says that the sum of some terms is > 0, >= 0 or = 0 *)
Definition term := (Q * (vector * vector))%type.
Definition value (s : system) (ts : list term) : Q := fold_right (fun t acc => fst t * form s (fst (snd t)) (snd (snd t)) + acc) 0 ts.
Definition total_of (d : nat) (B : list (list Q)) (ts : list term) : Q :=
  fold_right (fun t acc => Qred (fst t * total d B (fst (snd t)) (snd (snd t)) + acc)) 0 ts.
Lemma total_of_cons d B t ts : total_of d B (t :: ts) == fst t * total d B (fst (snd t)) (snd (snd t)) + total_of d B ts.
Proof. unfold total_of. cbn [fold_right]. apply Qred_correct. Qed.
Lemma member_value f x ts : value (member f x) ts ==
  total_of (length (f_base f)) (f_base f) ts + sum (length (f_span f)) (fun p => x p * total_of (length (f_base f)) (nth p (f_span f) []) ts).
Proof.
  induction ts as [|t ts IH].
  - simpl. rewrite sum_0; [reflexivity|]. intros; ring.
  - cbn [value fold_right] in *. fold (value (member f x) ts). rewrite IH, member_form, total_of_cons.
    rewrite (sum_ext (length (f_span f)) (fun p => x p * total_of (length (f_base f)) (nth p (f_span f) []) (t :: ts))
      (fun p => fst t * (x p * total (length (f_base f)) (nth p (f_span f) []) (fst (snd t)) (snd (snd t))) + x p * total_of (length (f_base f)) (nth p (f_span f) []) ts)).
    + rewrite sum_plus, sum_scal. ring.
    + intros p _. rewrite total_of_cons. ring.
Qed.

Inductive relation := Positive | NotNegative | Zero.
Definition holds_of (s : system) (r : relation) (ts : list term) : Prop :=
  match r with Positive => 0 < value s ts | NotNegative => 0 <= value s ts | Zero => value s ts == 0 end.
(* weights on assumptions, and cuts w <Av, v> in the definite classes *)
Definition weighted := list (Q * (relation * list term)).
Definition scale (w : Q) (ts : list term) : list term := map (fun t => (Qred (w * fst t), snd t)) ts.
Definition all_terms (ws : weighted) (cuts : list (Q * vector)) : list term :=
  flat_map (fun q => scale (fst q) (snd (snd q))) ws ++ map (fun q => (fst q, (snd q, snd q))) cuts.
Definition contradiction (f : family) (ws : weighted) (cuts : list (Q * vector)) : bool :=
  let d := length (f_base f) in let ts := all_terms ws cuts in
  forallb (fun q : Q * (relation * list term) => match fst (snd q) with Zero => true | _ => Qle_bool 0 (fst q) end) ws &&
  forallb (fun q : Q * vector => is_definite (f_class f) && Qle_bool 0 (fst q)) cuts &&
  forallb (fun B => Qeq_bool (total_of d B ts) 0) (f_span f) &&
  (Qlt_bool (total_of d (f_base f) ts) 0 ||
   (Qeq_bool (total_of d (f_base f) ts) 0 &&
    (existsb (fun q : Q * (relation * list term) => match fst (snd q) with Positive => Qlt_bool 0 (fst q) | _ => false end) ws ||
     existsb (fun q : Q * vector => is_strict (f_class f) && Qlt_bool 0 (fst q) && negb (same_b d (snd q) (fun _ => 0))) cuts))).

Lemma value_app s a b : value s (a ++ b) == value s a + value s b.
Proof. induction a; simpl; [ring|]. rewrite IHa. ring. Qed.
Lemma value_scale s w ts : value s (scale w ts) == w * value s ts.
Proof.
  induction ts as [|t ts IH]; [simpl; ring|]. unfold scale, value. cbn [map fold_right fst snd].
  fold (scale w ts). fold (value s (scale w ts)). fold (value s ts). rewrite IH, Qred_correct. ring.
Qed.

(* FORMAT.md, lemma farkas *)
Theorem farkas_sound f ws cuts x : contradiction f ws cuts = true -> admits (f_class f) (member f x) ->
  (forall q, In q ws -> holds_of (member f x) (fst (snd q)) (snd (snd q))) -> False.
Proof.
  intros H Had Hall. unfold contradiction in H. cbv zeta in H. set (ts := all_terms ws cuts) in *. set (d := length (f_base f)) in *.
  apply andb_true_iff in H. destruct H as [H Hend]. apply andb_true_iff in H. destruct H as [H Hspan].
  apply andb_true_iff in H. destruct H as [Hw Hc]. rewrite forallb_forall in Hw, Hc, Hspan.
  set (m := member f x) in *.
  assert (Hval : value m ts == total_of d (f_base f) ts).
  { unfold m. rewrite member_value. fold d. rewrite (sum_0 (length (f_span f))); [ring|]. intros p Hp.
    specialize (Hspan (nth p (f_span f) []) (nth_In _ _ Hp)). apply Qeq_bool_iff in Hspan. rewrite Hspan. ring. }
  assert (Hwv : forall q, In q ws -> 0 <= fst q * value m (snd (snd q)) /\ (match fst (snd q) with Positive => 0 < fst q -> 0 < fst q * value m (snd (snd q)) | _ => True end)).
  { intros q Hq. specialize (Hw q Hq). specialize (Hall q Hq). unfold holds_of in Hall. destruct (fst (snd q)).
    - apply Qle_bool_iff in Hw. split; [apply Qmult_le_0_compat; lra|]. intros Hp. apply Qmult_lt_0_compat; assumption.
    - apply Qle_bool_iff in Hw. split; [apply Qmult_le_0_compat; assumption|exact I].
    - rewrite Hall. split; [lra|exact I]. }
  assert (Hcv : forall q, In q cuts -> 0 <= fst q * form m (snd q) (snd q)).
  { intros q Hq. specialize (Hc q Hq). apply andb_true_iff in Hc. destruct Hc as [A B]. apply Qle_bool_iff in B.
    apply Qmult_le_0_compat; [assumption|]. apply (admits_semi _ m A Had). }
  assert (Hparts : value m ts == value m (flat_map (fun q => scale (fst q) (snd (snd q))) ws) + value m (map (fun q => (fst q, (snd q, snd q))) cuts)) by apply value_app.
  assert (V1 : 0 <= value m (flat_map (fun q => scale (fst q) (snd (snd q))) ws) /\
    (existsb (fun q : Q * (relation * list term) => match fst (snd q) with Positive => Qlt_bool 0 (fst q) | _ => false end) ws = true ->
     0 < value m (flat_map (fun q => scale (fst q) (snd (snd q))) ws))).
  { clear - Hwv. induction ws as [|q ws IH]; [simpl; split; [lra|discriminate]|].
    destruct IH as [A B]; [intros; apply Hwv; simpl; auto|]. destruct (Hwv q (or_introl eq_refl)) as [C D].
    cbn [flat_map existsb]. rewrite value_app, value_scale. split; [lra|]. intros E. apply orb_true_iff in E. destruct E as [E|E]; [|specialize (B E); lra].
    destruct (fst (snd q)); try discriminate. apply Qlt_bool_ok in E. specialize (D E). lra. }
  assert (V2 : 0 <= value m (map (fun q : Q * vector => (fst q, (snd q, snd q))) cuts) /\
    (existsb (fun q : Q * vector => is_strict (f_class f) && Qlt_bool 0 (fst q) && negb (same_b d (snd q) (fun _ => 0))) cuts = true ->
     0 < value m (map (fun q => (fst q, (snd q, snd q))) cuts))).
  { clear - Hcv Had. induction cuts as [|q cuts IH]; [simpl; split; [lra|discriminate]|].
    destruct IH as [A B]; [intros; apply Hcv; simpl; auto|]. pose proof (Hcv q (or_introl eq_refl)) as C.
    cbn [map existsb value fold_right fst snd]. fold (value m (map (fun q : Q * vector => (fst q, (snd q, snd q))) cuts)).
    split; [lra|]. intros E. apply orb_true_iff in E. destruct E as [E|E]; [|specialize (B E); lra].
    apply andb_true_iff in E. destruct E as [E F]. apply andb_true_iff in E. destruct E as [S P]. apply Qlt_bool_ok in P.
    apply negb_true_iff in F. rewrite <- not_true_iff_false in F. change d with (dim m) in F. rewrite same_b_ok in F.
    pose proof (admits_strict _ m S Had (snd q) F). assert (0 < fst q * form m (snd q) (snd q)) by (apply Qmult_lt_0_compat; assumption). lra. }
  apply orb_true_iff in Hend. destruct Hend as [E|E].
  - apply Qlt_bool_ok in E. lra.
  - apply andb_true_iff in E. destruct E as [E F]. apply Qeq_bool_iff in E. apply orb_true_iff in F. destruct F as [F|F].
    + destruct V1 as [_ V1]. specialize (V1 F). lra.
    + destruct V2 as [_ V2]. specialize (V2 F). lra.
Qed.
